// The replica as a SQLite database. It understands the lines of core/sync/storage_text.h and knows
// nothing of what is in them.

import type { Database, PreparedStatement, SqlValue } from "@sqlite.org/sqlite-wasm";

export const schemaVersion = 1;

const schema = `
  CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE replica_row(key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE ledger(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
  CREATE TABLE outbox(seq INTEGER PRIMARY KEY, text TEXT NOT NULL);
  -- Commands that the server has accepted, in that order.
  CREATE TABLE accepted(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
  -- Commands that no version has been able to read yet.
  CREATE TABLE set_aside(number INTEGER PRIMARY KEY, text TEXT NOT NULL);
  PRAGMA user_version = ${schemaVersion};`;

const metaKinds = "ucnkt";
const partBytes = 128 * 1024;

function seqOf(text: string): number {
  const seq = Number(text);
  if (text === "" || !Number.isSafeInteger(seq)) throw new Error(`${text} is no number`);
  return seq;
}

export class SchemaIsNewer extends Error {}

export class ReplicaDatabase {
  private readonly statements = new Map<string, PreparedStatement>();

  constructor(private readonly db: Database) {
    // One owner, so the index of the log needs no shared memory; each commit is on the disk before
    // it is answered.
    db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    db.exec("PRAGMA cache_size = -16000;");  // KiB
    // What the user may not see any more is not left in the free parts of pages.
    db.exec("PRAGMA secure_delete = ON;");
    const version = Number(db.selectValue("PRAGMA user_version"));
    if (version > schemaVersion) throw new SchemaIsNewer(`schema ${version}`);
    if (version === 0) db.transaction(() => db.exec(schema));
  }

  // One transaction. Whether a command was put into the outbox.
  apply(lines: string): boolean {
    const all = lines.split("\n").filter((line) => line !== "");
    // Each key stands once in a change. In the order of the keys, the pages of a first sync are
    // written one after the other instead of again and again.
    const clears = all.filter((line) => line === "X" || line === "R");
    const rows = all.filter((line) => line.startsWith("r")).sort();
    const others = all.filter((line) => !/^[XRr]/.test(line));
    this.db.transaction("IMMEDIATE", () => {
      for (const part of [clears, rows, others]) {
        for (const line of part) this.applyLine(line.charAt(0), line.slice(1));
      }
    });
    return others.some((line) => line.startsWith("o"));
  }

  // Everything that is kept, in parts of whole lines.
  read(take: (lines: string) => void): void {
    let part = "";
    const add = (line: string): void => {
      part += line;
      if (part.length < partBytes) return;
      take(part);
      part = "";
    };
    this.each("SELECT name, value FROM meta", ([name, value]) => add(`${name}${value}\n`));
    this.each("SELECT key, text FROM replica_row", ([key, text]) => add(`r${key}\t${text}\n`));
    this.each("SELECT id, text FROM ledger ORDER BY number", ([id, text]) => add(`l${id}\t${text}\n`));
    this.each("SELECT seq, text FROM outbox ORDER BY seq", ([seq, text]) => add(`o${seq}\t${text}\n`));
    this.each("SELECT id, text FROM accepted ORDER BY number", ([id, text]) => add(`a${id}\t${text}\n`));
    if (part !== "") take(part);
  }

  // Of a database that is damaged elsewhere: what must not be lost.
  readOutbox(): string {
    let lines = "";
    this.each("SELECT name, value FROM meta WHERE name <> 'k'", ([name, value]) => {
      lines += `${name}${value}\n`;
    });
    this.each("SELECT seq, text FROM outbox ORDER BY seq", ([seq, text]) => {
      lines += `o${seq}\t${text}\n`;
    });
    this.each("SELECT id, text FROM accepted ORDER BY number", ([id, text]) => {
      lines += `a${id}\t${text}\n`;
    });
    try {
      return lines + this.setAside();
    } catch {
      return lines;
    }
  }

  // What goes on to stand beside these lines, of the same user.
  setAsideOf(lines: string): string {
    const user = this.db.selectValue("SELECT value FROM meta WHERE name = 'u'");
    const isSame = lines.split("\n").includes(`u${String(user ?? "")}`);
    return isSame ? this.setAside() : "";
  }

  private setAside(): string {
    let lines = "";
    this.each("SELECT text FROM set_aside ORDER BY number", ([text]) => (lines += `s${text}\n`));
    return lines;
  }

  close(): void {
    for (const statement of this.statements.values()) statement.finalize();
    this.statements.clear();
    this.db.close();
  }

  private applyLine(kind: string, text: string): void {
    const tab = text.indexOf("\t");
    const first = tab < 0 ? text : text.slice(0, tab);
    const rest = tab < 0 ? "" : text.slice(tab + 1);
    if (metaKinds.includes(kind)) {
      this.run("INSERT INTO meta VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = ?2", kind, text);
      return;
    }
    switch (kind) {
      case "X":
        return this.run("DELETE FROM outbox");
      case "A":
        return this.run("DELETE FROM accepted");
      case "y":
        return this.run("DELETE FROM accepted WHERE id = ?1", first);
      case "a":
        return this.run("INSERT INTO accepted(id, text) VALUES(?1, ?2) ON CONFLICT DO NOTHING", first, rest);
      case "R":
        this.run("DELETE FROM replica_row");
        return this.run("DELETE FROM ledger");
      case "r":
        return this.run("INSERT INTO replica_row VALUES(?1, ?2) ON CONFLICT DO UPDATE SET text = ?2", first, rest);
      case "d":
        return this.run("DELETE FROM replica_row WHERE key = ?1", first);
      case "l":
        return this.run("INSERT INTO ledger(id, text) VALUES(?1, ?2) ON CONFLICT DO NOTHING", first, rest);
      case "x":
        return this.run("DELETE FROM outbox WHERE seq = ?1", seqOf(first));
      case "q":
        this.run("INSERT INTO set_aside(text) SELECT text FROM outbox WHERE seq = ?1", seqOf(first));
        return this.run("DELETE FROM outbox WHERE seq = ?1", seqOf(first));
      case "s":
        return this.run("INSERT INTO set_aside(text) VALUES(?1)", text);
      case "o":
        return this.run("INSERT OR REPLACE INTO outbox VALUES(?1, ?2)", seqOf(first), rest);
      default:
        throw new Error(`a line of kind ${kind}`);
    }
  }

  private statement(sql: string): PreparedStatement {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const made = this.db.prepare(sql);
    this.statements.set(sql, made);
    return made;
  }

  private run(sql: string, ...values: SqlValue[]): void {
    const statement = this.statement(sql);
    try {
      if (values.length > 0) statement.bind(values);
      statement.step();
    } finally {
      statement.reset();
    }
  }

  private each(sql: string, take: (values: SqlValue[]) => void): void {
    const statement = this.statement(sql);
    try {
      while (statement.step()) take(statement.get([]));
    } finally {
      statement.reset();
    }
  }
}
