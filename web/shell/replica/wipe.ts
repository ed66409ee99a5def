// Nothing that was kept can be read any more: every file of the origin's private file system is written over, cut and
// removed. SQLite's pool would only cut its files, and removing alone leaves the bytes to the disk.
//
// A wipe that has begun is finished, whatever ends in between: its plan is a file of its own from before the first byte
// goes until the end, and holds what is to be there afterwards. Runs in the worker, while nothing else is open.

import { planFile } from "./folder";
import { pause } from "./pause";

export interface Plan {
  mark: string;  // of the sign-out; "" for a wipe that nobody asks about again
  rest: string;   // lines of core/sync/storage_text.h; "" when nothing stays
}

// The mark of the last sign-out that was carried out: should the page's own mark come back with a crash of the browser,
// it does not wipe what has been kept since.
const doneFile = ".yuanyue-wiped";
const planEnd = "\n.\n";
const chunkBytes = 1024 * 1024;
// The handles of a tab that has just been closed are let go a moment after its lock.
const attempts = 40;
const pauseMs = 50;

interface SyncHandle {
  read(bytes: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  getSize(): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
interface SyncFile { createSyncAccessHandle(): Promise<SyncHandle> }
interface Folder {
  entries(): AsyncIterable<[string, FileSystemHandle]>;
  getFileHandle(name: string, options?: { create: boolean }): Promise<SyncFile>;
  removeEntry(name: string, options?: { recursive: boolean }): Promise<void>;
}

async function top(): Promise<Folder> {
  return (await navigator.storage.getDirectory()) as unknown as Folder;
}

export function isMissing(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotFoundError";
}

async function opened(file: SyncFile): Promise<SyncHandle> {
  for (let attempt = 1; ; ++attempt) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (attempt === attempts || isMissing(error)) throw error;
    }
    await pause(pauseMs);
  }
}

async function writeFile(name: string, text: string): Promise<void> {
  const handle = await opened(await (await top()).getFileHandle(name, { create: true }));
  try {
    handle.truncate(0);
    const bytes = new TextEncoder().encode(text);
    if (handle.write(bytes, { at: 0 }) !== bytes.length) throw new Error("no space left");
    handle.flush();
  } finally {
    handle.close();
  }
}

async function readFile(name: string): Promise<string | null> {
  let file: SyncFile;
  try {
    file = await (await top()).getFileHandle(name);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const handle = await opened(file);
  try {
    const bytes = new Uint8Array(handle.getSize());
    handle.read(bytes, { at: 0 });
    return new TextDecoder().decode(bytes);
  } finally {
    handle.close();
  }
}

// Written through to the disk before it is cut, or the zeros would never get there.
function overwrite(handle: SyncHandle): void {
  const size = handle.getSize();
  const zeros = new Uint8Array(Math.min(chunkBytes, size));
  for (let at = 0; at < size; at += chunkBytes) {
    handle.write(at + chunkBytes > size ? zeros.subarray(0, size - at) : zeros, { at });
  }
  handle.flush();
}

async function eraseFile(file: SyncFile): Promise<void> {
  const handle = await opened(file);
  try {
    try {
      overwrite(handle);
    } catch {
      // A disk that takes no writes may still let go.
    }
    handle.truncate(0);
    handle.flush();
  } finally {
    handle.close();
  }
}

async function erase(folder: Folder, stays: readonly string[]): Promise<void> {
  const names: string[] = [];
  for await (const [name, handle] of folder.entries()) {
    if (stays.includes(name)) continue;
    names.push(name);
    if (handle.kind === "directory") await erase(handle as unknown as Folder, []);
    else await eraseFile(handle as unknown as SyncFile);
  }
  for (const name of names) await folder.removeEntry(name, { recursive: true });
}

async function verify(stays: readonly string[]): Promise<void> {
  for await (const [name] of (await top()).entries()) {
    if (!stays.includes(name)) throw new Error(`${name} could not be removed`);
  }
}

// The wipe that was begun and not finished. One whose plan is not whole has not touched anything.
export async function plannedWipe(): Promise<Plan | null> {
  const text = await readFile(planFile);
  if (text === null) return null;
  const lineEnd = text.indexOf("\n");
  if (lineEnd < 0 || !text.endsWith(planEnd)) {
    await endWipe();
    return null;
  }
  return { mark: text.slice(0, lineEnd), rest: text.slice(lineEnd + 1, text.length - planEnd.length) };
}

export async function isWiped(mark: string): Promise<boolean> {
  return (await readFile(doneFile)) === mark;
}

export async function planWipe({ mark, rest }: Plan): Promise<void> {
  await writeFile(planFile, `${mark}\n${rest}${planEnd}`);
}

// Everything but the plan goes. With nothing to stay the plan goes too, last; otherwise it waits for endWipe().
export async function carryOut({ mark, rest }: Plan): Promise<void> {
  const stays = [planFile];
  await erase(await top(), stays);
  await verify(stays);
  if (mark !== "") await writeFile(doneFile, mark);
  if (rest === "") await endWipe();
}

export async function endWipe(): Promise<void> {
  try {
    const folder = await top();
    await eraseFile(await folder.getFileHandle(planFile));
    await folder.removeEntry(planFile);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
