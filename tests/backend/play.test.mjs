// yuanyue play: the examples of the documentation, and scripts that mean harm.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { binary, run_cli, temp_folder, top } from "./support/server.mjs";

const folder = join(top, "docs", "play");
const examples = readdirSync(folder).filter((name) => name.endsWith(".jsonl") && !name.endsWith(".expected.jsonl"));

// Plays lines (objects or texts) from standard input: {code, stderr, answers}.
function play(...lines) {
  const input = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const run = spawnSync(binary, ["play", "-"], { input, encoding: "utf8", timeout: 60_000, maxBuffer: 1 << 28 });
  assert.equal(run.signal, null, `it was ended: ${run.stderr}`);
  return { code: run.status, stderr: run.stderr, answers: run.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line)) };
}

const start_of = (name) => readFileSync(join(folder, `${name}.jsonl`), "utf8").split("\n").filter((line) => line.startsWith('{"rows"'));
const monday = "2026-11-16T09:00:00+08:00";
const seat = { service: "tax", date: "2026-11-25", start: "09:00" };
const book = (booking) => ({ type: "book_appointment", booking, block: seat });

test("there are examples, each with what it prints", () => {
  assert.ok(examples.length >= 4);
  for (const name of examples) assert.ok(existsSync(join(folder, name.replace(".jsonl", ".expected.jsonl"))), name);
});

for (const name of examples) {
  test(`docs/play/${name} prints what is written beside it`, () => {
    const run = run_cli("play", join(folder, name));
    assert.equal(run.stderr, "");
    assert.equal(run.code, 0);
    assert.equal(run.stdout, readFileSync(join(folder, name.replace(".jsonl", ".expected.jsonl")), "utf8"));
  });
}

test("answers are one a line, in canonical form", () => {
  for (const name of examples) {
    const sort = (value) => Array.isArray(value) ? value.map(sort) : value && typeof value === "object"
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sort(value[key])])) : value;
    const lines = readFileSync(join(folder, name.replace(".jsonl", ".expected.jsonl")), "utf8").split("\n").filter(Boolean);
    for (const line of lines) assert.equal(line, JSON.stringify(sort(JSON.parse(line))), name);
    const asked = readFileSync(join(folder, name), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
    assert.equal(lines.length, asked.length, name);
  }
});

test("a script that is no script is an error of its line", () => {
  for (const [line, said] of [
    ["{", /Line 2: not_json/], ['{"rows":[{"type":"ghost"}]}', /Line 2: rows\[0\]\.type: unknown_type/],
    ['{"at":"2026-11-16T09:00:00+08:00","as":"console","do":{"type":"ghost"}}', /Line 2: do\.type: unknown_type/],
    ["[".repeat(5000), /Line 2: .*: too_deep/], [`"${"x".repeat(1 << 20)}"`, /Line 2: longer than/], ["\0", /Line 2: not_json/],
    ['{"show":"all"}', /Line 2: show/], ['{"play":1}', /Line 2: /], ["null", /Line 2: an object is wanted/],
    [`{"rows":[${"[],".repeat(250_000)}[]]}`, /Line 2: .*too_many/]]) {
    const run = play("# a remark", line, '{"show":"ledger"}');
    assert.equal(run.code, 1, line.slice(0, 40));
    assert.match(run.stderr, said);
    assert.equal(run.answers.length, 0);
  }
});

test("no file, a folder and no argument", () => {
  assert.equal(run_cli("play").code, 2);
  assert.equal(run_cli("play", "/no/such/file").code, 1);
  assert.equal(run_cli("play", temp_folder()).code, 1);
  assert.match(run_cli("play", "--help").stdout, /Usage:/);
});

test("rows that refer to nothing, are there twice or break a rule of the catalog", () => {
  const [catalog, people] = start_of("reschedule").map((line) => JSON.parse(line));
  const service = catalog.rows.find((row) => row.type === "service");
  const fails = (rows, said) => {
    const run = play({ rows });
    assert.equal(run.code, 1);
    assert.match(run.stderr, said);
  };
  const without = (type) => catalog.rows.filter((row) => row.type !== type);
  fails(without("park"), /Line 1: rows\[0\]\.park: invalid/);
  fails(without("hall"), /Line 1: rows\[2\]\.hall: invalid/);
  fails(without("department"), /Line 1: rows\[2\]\.department: invalid/);
  fails(people.rows.filter((row) => row.type === "user"), /Line 1: rows\[0\]\.enterprise: invalid/);
  fails([...people.rows, { ...people.rows[1], id: "$else" }], /Line 1: rows\[\d\]: already_exists/);
  const with_service = (change) => [{ ...service, ...change }, ...without("service")];
  fails(with_service({ weekly: [{ ...service.weekly[0], span: { start: "20:00", end: "21:00" } }] }), /rows\[0\]\.weekly\[0\]\.span: invalid/);
  fails(with_service({ policy: { ...service.policy, window_days: 0 } }), /rows\[0\]\.policy\.window_days: out_of_range/);
  fails([{ type: "booking" }], /rows\[0\]\./);
  assert.equal(play({ rows: catalog.rows.toReversed() }).code, 0);
});

test("a play can begin where another one stood, and not where none could stand", () => {
  const lines = readFileSync(join(folder, "waitlist.jsonl"), "utf8").split("\n").filter((line) => line.startsWith("{"));
  const until = lines.findIndex((line) => "due" in JSON.parse(line));
  const types = ["block", "booking", "waitlist_entry", "offer", "notification"];
  const first = play(...lines.slice(0, until), ...types.map((rows) => ({ show: { rows } })));
  const rows = first.answers.slice(-types.length).flatMap((answer) => answer.rows);
  const start = lines.filter((line) => line.startsWith('{"rows"'));
  const again = play(...start, { rows: rows.toReversed() }, lines[until]);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(again.answers.at(-1).due.map((fact) => fact.kind),
    ["offer_expired", "waitlist_ended", "booking_made", "seat_auto_accepted"]);

  const changed = (type, change) => rows.map((row) => (row.type === type ? { ...row, ...change } : row));
  for (const [wrong, said] of [
    [changed("block", { booked: 1 }), /rows\[\d\]\.booked: not its bookings/],
    [changed("block", { held: 0 }), /rows\[\d\]\.held: not its open offers/],
    [changed("block", { queue: [] }), /rows\[\d\]\.queue: not its open entries/],
    [changed("block", { end: "11:00" }), /\.end: not that of the block/],
    [changed("offer", { entry: "$ghost" }), /\.(entry|offer): /],
    [changed("booking", { enterprise: "$ghost" }), /\.enterprise: not_found/],
    [changed("booking", { status: "confirmed" }), /\.booked: not its bookings/],
    [changed("booking", { code: "AAAAAAAA" }), /\.code: bad_format/],
    [changed("waitlist_entry", { blocks: [] }), /\.blocks: /],
    [changed("notification", { enterprise: "$ghost" }), /\.enterprise: not_found/],
    [[...rows, rows[0]], /rows\[\d+\]: already_exists/],
    [rows.filter((row) => row.type !== "block"), /: there is no such row/],
    [rows.filter((row) => row.type !== "offer"), /\.offer: not its open one/]]) {
    const run = play(...start, { rows: wrong });
    assert.equal(run.code, 1);
    assert.match(run.stderr, said);
    assert.match(run.stderr, /Line 3: /);
  }
});

test("time, users and ids that cannot be", () => {
  const start = start_of("reschedule");
  const backwards = play(...start, { at: monday, due: true }, { at: "2026-11-16T08:59:59+08:00", due: true });
  assert.equal(backwards.code, 1);
  assert.match(backwards.stderr, /Line 4: at: time does not run backwards/);
  assert.equal(backwards.answers.length, 3);

  const run = play(...start,
    { at: monday, as: "$ghost", do: book("$a") },
    { at: monday, as: "$mulan-user", do: { ...book("$a"), block: { ...seat, service: "ghost" } } },
    { at: monday, as: "$mulan-user", do: { type: "accept_offer", offer: "$ghost" } },
    { at: monday, as: "$mulan-user", do: { type: "cancel_booking", booking: "$ghost", block: seat, reason: "" } },
    { at: monday, as: "$mulan-user", do: book("$a") },
    { at: monday, as: "$mulan-user", do: book("$a") },
    { at: "2189-12-31T00:00:00Z", due: true },
    { show: { rows: "booking" } }, { show: "archive" });
  assert.equal(run.code, 0, run.stderr);
  const codes = run.answers.slice(2, 8).map((answer) => answer.refused?.code);
  assert.deepEqual(codes, ["not_permitted", "not_found", "not_found", "not_found", undefined, "already_exists"]);
  assert.equal(run.answers[8].due[0].kind, "booking_ended");
  assert.deepEqual(run.answers[9].rows, [], "its retention is over");
  assert.equal(run.answers[10].archive[0].status, "ended");
});

test("a name is the same id wherever it stands, and in every run", () => {
  const lines = [...start_of("reschedule"), { at: monday, as: "$mulan-user", do: book("$a") },
    { show: { rows: "booking", where: { id: "$a" } } }, { show: "ledger" }];
  const first = play(...lines);
  assert.equal(first.answers[3].rows[0].id, first.answers[4].ledger[0].booking);
  assert.equal(first.answers[4].ledger.length, 1);
  assert.deepEqual(play("# moved by a remark", "", ...lines), first);
});
