// What the page and the replica's worker say to each other.

// Why nothing can be kept. The numbers are those of platform::ReplicaLoss.
export const enum Loss { unsupported, full, failed, newer }

// What was found and mended: of a damaged storage the outbox could be read, or could not.
export type Damage = "repaired" | "outbox lost";

export type ToWorker =
  // `mark`: of a sign-out, "USER TOKEN"; unless it has been done, everything of that user is wiped instead. "": none.
  | { kind: "open"; mark: string }
  | { kind: "write"; ticket: number; lines: Uint8Array<ArrayBuffer> }
  | { kind: "wipe"; mark: string; rest: string };  // see wipe.ts; the last message to a worker

export type FromWorker =
  | { kind: "stored"; lines: Uint8Array<ArrayBuffer> }                // a part of what is kept
  | { kind: "opened" }                                                // after the last part
  | { kind: "unavailable"; loss: Loss; reason: string }
  // Nothing is open any more. `reopen`: something is to stay, it comes with the next open.
  | { kind: "wiped"; reopen: boolean; damage?: Damage }
  | { kind: "written"; ticket: number; keepsCommand: boolean }
  | { kind: "lost"; ticket: number; loss: Loss; reason: string };  // this write and all later ones
