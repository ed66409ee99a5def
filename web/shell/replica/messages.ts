// What the page and the replica's worker say to each other.

// Why nothing can be kept. The numbers are those of platform::ReplicaLoss.
export const enum Loss { unsupported, full, failed, newer }

export type ToWorker =
  | { kind: "open"; wipe: string }  // the user whose replica must not be there any more
  | { kind: "write"; ticket: number; lines: Uint8Array<ArrayBuffer> };

export type FromWorker =
  | { kind: "stored"; lines: Uint8Array<ArrayBuffer> }                // a part of what is kept
  | { kind: "opened"; repaired: boolean; outboxLost: boolean }  // after the last part
  | { kind: "unavailable"; loss: Loss; reason: string }
  | { kind: "written"; ticket: number }
  | { kind: "lost"; ticket: number; loss: Loss; reason: string };  // this write and all later ones
