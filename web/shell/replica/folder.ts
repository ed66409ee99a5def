// Where the replica lies in the origin's private file system.

export const replicaFolder = ".yuanyue-replica";

// Whether there may be a replica. Asked without loading anything.
export async function replicaExists(): Promise<boolean> {
  try {
    await (await navigator.storage.getDirectory()).getDirectoryHandle(replicaFolder);
    return true;
  } catch {
    return false;
  }
}
