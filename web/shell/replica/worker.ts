// The replica's worker: SQLite in the origin's private file system. Only the tab that leads has one.

import initSqlite, { type SAHPoolUtil } from "@sqlite.org/sqlite-wasm";
import wasmUrl from "@sqlite.org/sqlite-wasm/sqlite3.wasm";

import { ReplicaDatabase, SchemaIsNewer } from "./database";
import { replicaFolder } from "./folder";
import { type FromWorker, Loss, type ToWorker } from "./messages";

const file = "/replica.db";
// The handles of a tab that has just been closed are let go a moment after its lock.
const openAttempts = 40;
const openPauseMs = 50;

interface SyncHandle { close(): void }
interface SyncFile { createSyncAccessHandle(): Promise<SyncHandle> }
interface Folder {
  entries(): AsyncIterable<[string, FileSystemHandle]>;
  getDirectoryHandle(name: string): Promise<FileSystemDirectoryHandle>;
}

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  sqlite3ApiConfig?: unknown;
};
const encoder = new TextEncoder();
const decoder = new TextDecoder();

let pool: SAHPoolUtil | null = null;
let database: ReplicaDatabase | null = null;
let broken: { loss: Loss; reason: string } | null = null;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// The folder of the pool's files; null before it was ever made or after the browser threw it away.
async function poolFolder(): Promise<Folder | null> {
  try {
    const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(replicaFolder);
    return (await top.getDirectoryHandle(".opaque")) as unknown as Folder;
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return null;
    throw error;
  }
}

async function tryHandles(folder: Folder): Promise<void> {
  for await (const [, handle] of folder.entries()) {
    if (handle.kind !== "file") continue;
    (await (handle as unknown as SyncFile).createSyncAccessHandle()).close();
  }
}

// SQLite's pool removes its whole folder when one of its files cannot be opened at once. So every
// file is tried before the pool may see any.
async function waitForHandles(): Promise<void> {
  for (let attempt = 1; ; ++attempt) {
    try {
      const folder = await poolFolder();
      if (folder !== null) await tryHandles(folder);
      return;
    } catch (error) {
      if (attempt === openAttempts) throw error;
    }
    await pause(openPauseMs);
  }
}

async function openPool(): Promise<SAHPoolUtil> {
  // Nothing but the pool is wanted; the other ways to the file system would start workers of theirs.
  scope.sqlite3ApiConfig = {
    disable: { vfs: { kvvfs: true, opfs: true, "opfs-wl": true, "opfs-vfs": true } },
    warn: () => {},
    log: () => {},
    debug: () => {},
  };
  const init = initSqlite as unknown as (options: object) => ReturnType<typeof initSqlite>;
  const sqlite3 = await init({ locateFile: () => wasmUrl, print: () => {}, printErr: () => {} });
  await waitForHandles();
  return sqlite3.installOpfsSAHPoolVfs({
    name: "yuanyue-replica", directory: replicaFolder, initialCapacity: 4,
  });
}

function openDatabase(): ReplicaDatabase {
  if (pool === null) throw new Error("there is no pool");
  return new ReplicaDatabase(new pool.OpfsSAHPoolDb(file));
}

// The database first: a log without one is thrown away by SQLite, a database without its log is
// not what it was.
function removeFiles(): void {
  pool?.unlink(file);
  pool?.unlink(`${file}-wal`);
  pool?.unlink(`${file}-journal`);
}

function tell(message: FromWorker): void {
  if (message.kind === "stored") scope.postMessage(message, [message.lines.buffer]);
  else scope.postMessage(message);
}

function sendStored(): void {
  database?.read((lines) => tell({ kind: "stored", lines: encoder.encode(lines) }));
}

async function open(userToWipe: string): Promise<void> {
  pool = await openPool();
  let repaired = false;
  let outboxLost = false;
  let outbox = "";
  try {
    database = openDatabase();
    if (userToWipe !== "" && database.user() === userToWipe) await wipe();
    sendStored();
  } catch (error) {
    if (!isDamage(error)) throw error;
    repaired = true;
    try {
      outbox = (database ?? openDatabase()).readOutbox();
    } catch {
      outboxLost = true;
    }
    closeQuietly();
    removeFiles();
    database = openDatabase();
    if (outbox !== "") database.apply(outbox);
    // What was sent before the damage was found counts for nothing.
    tell({ kind: "stored", lines: encoder.encode("!\n") });
    sendStored();
  }
  tell({ kind: "opened", repaired, outboxLost });
}

function closeQuietly(): void {
  try {
    database?.close();
  } catch {
    // It is thrown away.
  }
  database = null;
}

const damageCodes = new Set([11, 26]);  // SQLITE_CORRUPT, SQLITE_NOTADB

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !("resultCode" in error)) return false;
  return damageCodes.has(Number(error.resultCode) & 0xff);
}

async function lossOf(error: unknown): Promise<{ loss: Loss; reason: string }> {
  const reason = String(error);
  if (error instanceof SchemaIsNewer) return { loss: Loss.newer, reason };
  if (/missing required opfs|not supported|securityerror|notallowed/i.test(reason)) {
    return { loss: Loss.unsupported, reason };
  }
  if (/quota|no space|SQLITE_FULL/i.test(reason)) return { loss: Loss.full, reason };
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < 64 * 1024) return { loss: Loss.full, reason };
  } catch {
    // Then it is not known.
  }
  return { loss: Loss.failed, reason };
}

// Signing out: nothing stays in the files, not even what was deleted before.
async function wipe(): Promise<void> {
  closeQuietly();
  await pool?.wipeFiles();
  database = openDatabase();
}

const wipeLines = /^X\nR\nu\n/;

async function write(ticket: number, bytes: Uint8Array): Promise<void> {
  if (broken !== null) return tell({ kind: "lost", ticket, ...broken });
  try {
    const lines = decoder.decode(bytes);
    if (wipeLines.test(lines)) await wipe();
    if (database === null) throw new Error("the replica is not open");
    const keepsCommand = database.apply(lines);
    // Files that the browser has thrown away can still be written to.
    if (keepsCommand && (await poolFolder()) === null) throw new Error("the files are gone");
    tell({ kind: "written", ticket });
  } catch (error) {
    broken = await lossOf(error);
    tell({ kind: "lost", ticket, ...broken });
  }
}

// One after the other: a write may have to wait for a wipe.
let last: Promise<void> = Promise.resolve();
scope.onmessage = ({ data }) => {
  last = last.then(async () => {
    if (data.kind === "write") return write(data.ticket, data.lines);
    try {
      await open(data.wipe);
    } catch (error) {
      broken = await lossOf(error);
      tell({ kind: "unavailable", ...broken });
    }
  });
};
