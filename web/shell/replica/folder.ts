// Where the replica lies in the origin's private file system.

export const replicaFolder = ".yuanyue-replica";

// A wipe that has begun (wipe.ts).
export const planFile = ".yuanyue-wipe";

// Whether there may be a replica, or what is left of one. Asked without loading anything.
export async function replicaExists(): Promise<boolean> {
  try {
    const top = await navigator.storage.getDirectory();
    const exists = async (found: Promise<unknown>): Promise<boolean> => found.then(() => true, () => false);
    return (await exists(top.getDirectoryHandle(replicaFolder))) || (await exists(top.getFileHandle(planFile)));
  } catch {
    return false;
  }
}
