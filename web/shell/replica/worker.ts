// The replica's worker: SQLite in the origin's private file system. Only the tab that leads has one.

import initSqlite, { type SAHPoolUtil } from "@sqlite.org/sqlite-wasm";
import wasmUrl from "@sqlite.org/sqlite-wasm/sqlite3.wasm";

import { ReplicaDatabase, SchemaIsNewer } from "./database";
import { replicaFolder } from "./folder";
import { type FromWorker, Loss, type ToWorker } from "./messages";
import { pause } from "./pause";
import { carryOut, endWipe, isMissing, isWiped, type Plan, plannedWipe, planWipe } from "./wipe";

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

// The folder of the pool's files; null before it was ever made or after the browser threw it away.
async function poolFolder(): Promise<Folder | null> {
  try {
    const top = await (await navigator.storage.getDirectory()).getDirectoryHandle(replicaFolder);
    return (await top.getDirectoryHandle(".opaque")) as unknown as Folder;
  } catch (error) {
    if (isMissing(error)) return null;
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
  const db = new pool.OpfsSAHPoolDb(file);
  try {
    return new ReplicaDatabase(db);
  } catch (error) {
    db.close();  // or its files could not be let go
    throw error;
  }
}

function tell(message: FromWorker): void {
  if (message.kind === "stored") scope.postMessage(message, [message.lines.buffer]);
  else scope.postMessage(message);
}

function sendStored(): void {
  database?.read((lines) => tell({ kind: "stored", lines: encoder.encode(lines) }));
}

async function open(mark: string): Promise<void> {
  const plan = await plannedWipe();
  if (plan !== null) {
    await carryOut(plan);
    if (plan.rest === "") return tell({ kind: "wiped", reopen: false });
  }
  pool = await openPool();
  if (await isToWipe(mark)) return wipe(mark, "");
  try {
    database = openDatabase();
    if (plan !== null) {
      database.apply(plan.rest);
      await endWipe();
    }
    sendStored();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return repair();
  }
  tell({ kind: "opened" });
}

// What must not be lost is read of the damaged database, and is all that the next open finds.
async function repair(): Promise<void> {
  let outbox = "";
  let outboxLost = false;
  try {
    outbox = (database ?? openDatabase()).readOutbox();
  } catch {
    outboxLost = true;
  }
  await wipeWhileOpen({ mark: "", rest: outbox });
  tell({ kind: "wiped", reopen: true, damage: outboxLost ? "outbox lost" : "repaired" });
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

// SQLite's; 0 for errors that are not its.
function codeOf(error: unknown): number {
  return error instanceof Error && "resultCode" in error ? Number(error.resultCode) & 0xff : 0;
}

function isDamage(error: unknown): boolean {
  return damageCodes.has(codeOf(error));
}

function hasSyncFiles(): boolean {
  return typeof navigator.storage?.getDirectory === "function" && typeof FileSystemFileHandle === "function"
    && "createSyncAccessHandle" in FileSystemFileHandle.prototype;
}

const fullCode = 13;  // SQLITE_FULL

async function lossOf(error: unknown): Promise<{ loss: Loss; reason: string }> {
  const reason = String(error);
  if (error instanceof SchemaIsNewer) return { loss: Loss.newer, reason };
  const name = error instanceof DOMException ? error.name : "";
  if (!hasSyncFiles() || name === "SecurityError" || name === "NotAllowedError") {
    return { loss: Loss.unsupported, reason };
  }
  if (name === "QuotaExceededError" || codeOf(error) === fullCode) return { loss: Loss.full, reason };
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < 64 * 1024) return { loss: Loss.full, reason };
  } catch {
    // Then it is not known.
  }
  return { loss: Loss.failed, reason };
}

// Whether this sign-out has not been done yet. What is kept may be another user's by now.
async function isToWipe(mark: string): Promise<boolean> {
  if (mark === "" || (await isWiped(mark))) return false;
  const user = storedUser();
  return user === "" || mark.startsWith(`${user} `);
}

// "" when there is none, or when it cannot be read.
function storedUser(): string {
  if (pool === null || !pool.getFileNames().includes(file)) return "";
  try {
    const db = new pool.OpfsSAHPoolDb(file);
    try {
      db.exec("PRAGMA locking_mode = EXCLUSIVE;");  // the log has no shared memory here
      return String(db.selectValue("SELECT value FROM meta WHERE name = 'u'") ?? "");
    } finally {
      db.close();
    }
  } catch {
    return "";
  }
}

// Afterwards this worker has nothing open and is of no more use.
async function wipeWhileOpen(plan: Plan): Promise<void> {
  try {
    await planWipe(plan);
  } catch (error) {
    if (plan.rest !== "") throw error;  // it would be lost with a page that ends in between
  }
  closeQuietly();
  pool?.pauseVfs();  // lets go of its files
  pool = null;
  await carryOut(plan);
}

async function wipe(mark: string, rest: string): Promise<void> {
  const reopen = rest !== "";
  const stays = reopen ? rest + (database?.setAsideOf(rest) ?? "") : "";
  await wipeWhileOpen({ mark, rest: stays });
  tell({ kind: "wiped", reopen });
}

async function write(ticket: number, bytes: Uint8Array): Promise<void> {
  if (broken !== null) return tell({ kind: "lost", ticket, ...broken });
  try {
    if (database === null) throw new Error("the replica is not open");
    const keepsCommand = database.apply(decoder.decode(bytes));
    // Files that the browser has thrown away can still be written to.
    if (keepsCommand && (await poolFolder()) === null) throw new Error("the files are gone");
    tell({ kind: "written", ticket, keepsCommand });
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
      if (data.kind === "wipe") await wipe(data.mark, data.rest);
      else await open(data.mark);
    } catch (error) {
      broken = await lossOf(error);
      tell({ kind: "unavailable", ...broken });
    }
  });
};
