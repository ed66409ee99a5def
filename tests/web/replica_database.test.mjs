// The replica's SQLite side alone: lines in, lines out, all or nothing, and databases of other versions.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";

import { build } from "esbuild";
import initSqlite from "@sqlite.org/sqlite-wasm";

import { temp_folder, top } from "../backend/support/server.mjs";

let sqlite3, ReplicaDatabase, SchemaIsNewer, schemaVersion, raw, database;
before(async () => {
  const file = join(temp_folder(), "database.mjs");
  await build({ entryPoints: [join(top, "web/shell/replica/database.ts")], bundle: true, format: "esm", outfile: file });
  ({ ReplicaDatabase, SchemaIsNewer, schemaVersion } = await import(file));
  sqlite3 = await initSqlite();
});
beforeEach(() => {
  raw = new sqlite3.oo1.DB(":memory:");
  database = new ReplicaDatabase(raw);
});

function read_all() {
  let text = "";
  database.read((lines) => (text += lines));
  return text.split("\n").filter(Boolean).sort();
}

const some = ["uUSER", "cCLIENT", "n5", "kCOOKIE", "t-9", 'r{"a":1}\t{"x":"行"}', "r{b}\t{y}", "lL1\t{one}", "lL2\t{two}",
  "o3\tID3\t77\t{command}", "o4\tID4\t78\t{command}"];

test("what is put in comes out, and replaces what had the same key", () => {
  database.apply(`${some.join("\n")}\n`);
  assert.deepEqual(read_all(), [...some].sort());
  database.apply('r{"a":1}\t{"x":2}\nlL1\t{one}\nkNEXT\nd{b}\nx3\n');
  assert.deepEqual(read_all(), ["cCLIENT", "kNEXT", "lL1\t{one}", "lL2\t{two}", "n5", "o4\tID4\t78\t{command}",
    'r{"a":1}\t{"x":2}', "t-9", "uUSER"].sort());
});

test("rows and ledger go without the outbox, and the outbox without them", () => {
  database.apply(`${some.join("\n")}\n`);
  database.apply("R\nr{c}\t{z}\n");
  assert.deepEqual(read_all().filter((line) => /^[rlo]/.test(line)).map((line) => line.slice(0, 2)), ["o3", "o4", "r{"]);
  database.apply("X\n");
  assert.deepEqual(read_all().filter((line) => line.startsWith("o")), []);
});

test("a write is done whole or not at all", () => {
  database.apply(`${some.join("\n")}\n`);
  const before_it = read_all();
  assert.throws(() => database.apply("X\nR\nkLOST\n?unknown\n"));
  assert.deepEqual(read_all(), before_it);
  assert.throws(() => database.apply("oNaN\tx\n"));
  assert.deepEqual(read_all(), before_it);
});

test("it says whether a command has been kept", () => {
  assert.equal(database.apply("kA\n"), false);
  assert.equal(database.apply("o1\tID\t0\t{c}\nkB\n"), true);
});

test("a command that cannot be read is set aside, not deleted", () => {
  database.apply("o1\tID1\t0\t{old}\no2\tID2\t0\t{new}\n");
  database.apply("q1\n");
  database.apply("X\n");
  assert.deepEqual(read_all(), []);
  assert.deepEqual(raw.selectValues("SELECT text FROM set_aside"), ["ID1\t0\t{old}"]);
});

test("what must not be lost can be had of a database whose rows are broken", () => {
  database.apply(`${some.join("\n")}\n`);
  raw.exec("DROP TABLE replica_row");
  assert.throws(() => read_all());
  const lines = database.readOutbox().split("\n").filter(Boolean).sort();
  assert.deepEqual(lines, ["cCLIENT", "n5", "o3\tID3\t77\t{command}", "o4\tID4\t78\t{command}", "t-9", "uUSER"].sort());
});

test("a database of a newer version is left alone", () => {
  database.apply("o1\tID\t0\t{c}\n");
  raw.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
  assert.throws(() => new ReplicaDatabase(raw), SchemaIsNewer);
  assert.equal(raw.selectValue("SELECT count(*) FROM outbox"), 1);
});

test("many rows are read in parts of whole lines", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `r{"id":${i}}\t{"text":"${"x".repeat(40)}"}`);
  database.apply(`${lines.join("\n")}\n`);
  const parts = [];
  database.read((part) => parts.push(part));
  assert.ok(parts.length > 5);
  for (const part of parts) assert.ok(part.endsWith("\n") && part.length < 200_000);
  assert.equal(parts.join("").split("\n").length - 1, lines.length);
});

test("what is deleted or replaced does not stay in the free parts of the file", () => {
  const row = (number, text) => `r{"id":${number}}\t{"text":"${text.repeat(20)}"}\n`;
  database.apply(Array.from({ length: 50 }, (_, i) => row(i, i % 7 === 0 ? "SECRET" : "others")).join(""));
  const file_has = (text) => Buffer.from(sqlite3.capi.sqlite3_js_db_export(raw)).includes(text);
  assert.ok(file_has("SECRET"));
  database.apply(Array.from({ length: 8 }, (_, i) => (i % 2 ? `d{"id":${i * 7}}\n` : row(i * 7, "public"))).join(""));
  assert.equal(file_has("SECRET"), false);
  assert.ok(file_has("others"));
});

test("commands that were set aside go on to stand beside the same user's, never beside another's", () => {
  database.apply("uFIRST\no1\tID1\t0\t{old}\nq1\n");
  assert.equal(database.setAsideOf("X\nuFIRST\nn1\n"), "sID1\t0\t{old}\n");
  assert.equal(database.setAsideOf("X\nuOTHER\nn1\n"), "");
  assert.ok(database.readOutbox().includes("sID1\t0\t{old}\n"));
  database.apply("sID9\t0\t{older}\n");
  assert.deepEqual(raw.selectValues("SELECT text FROM set_aside ORDER BY number"), ["ID1\t0\t{old}", "ID9\t0\t{older}"]);
});
