// What stands in the ledger and in messages: who, what, when, from where to where, and why.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { Client } from "./support/client.mjs";
import { block, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli_json } from "./support/server.mjs";

let server;
let alice;
let boss;

before(async () => {
  const park = await make_park({ enterprises: 1, server: { now: monday_morning } });
  server = park.server;
  [alice] = await sign_in_all(server, park.accounts);
  const account = run_cli_json("user", "add", "boss", "--role", "administrator", "--json", "--data", park.data);
  boss = new Client(server.url);
  await boss.sign_in_first("boss", account.password, test_password);
});
after(() => server.stop());

// Gives the command's envelope and the span of server time in which it was decided.
async function give(client, command) {
  const envelope = client.envelope(command);
  const from = (await (await fetch(`${server.url}/api/v1/time`)).json()).server_now;
  const answer = await client.push_envelope(envelope);
  assert.equal(answer.body.results[0].accepted, true, JSON.stringify(answer.body));
  const until = (await (await fetch(`${server.url}/api/v1/time`)).json()).server_now;
  return { id: envelope.commands[0].id, from, until };
}
const entry_of = (client, command) => client.ledger.find((entry) => entry.command === command.id);
function expect_made_by(entry, user, command) {
  assert.equal(entry.actor, user.id);
  assert.ok(entry.at >= command.from && entry.at <= command.until, `${entry.at} is not when it was decided`);
}

test("the ledger says who moved what from where to where, and why it was cancelled", async () => {
  const booking = randomUUID();
  const first = block("tax", "2026-12-15", "09:00");
  const second = block("tax", "2026-12-16", "10:00");
  const booked = await give(alice, { type: "book_appointment", booking, block: first });
  const moved = await give(alice, { type: "reschedule_booking", booking, from: first, to: second });
  const cancelled = await give(alice, { type: "cancel_booking", booking, block: second, reason: "法人出差，改期再办" });
  await alice.pull();
  const expected = [[booked, "booking_made", first, undefined, ""], [moved, "booking_rescheduled", second, first, ""],
    [cancelled, "booking_cancelled", undefined, second, "法人出差，改期再办"]];
  for (const [command, kind, where, from, note] of expected) {
    const entry = entry_of(alice, command);
    assert.equal(entry.kind, kind);
    expect_made_by(entry, alice.user, command);
    assert.equal(entry.booking, booking);
    assert.equal(entry.enterprise, alice.enterprise.id);
    assert.deepEqual(entry.block, where);
    assert.deepEqual(entry.from_block, from);
    assert.equal(entry.note, note);
  }
});

test("a block that is closed is told with its reason, to the enterprise and in the ledger", async () => {
  const booking = randomUUID();
  const where = block("tax", "2026-12-17", "14:00");
  await give(alice, { type: "book_appointment", booking, block: where });
  const closed = await give(boss, { type: "override_block", block: { key: where, closed: true, reason: "台风停办" } });
  await alice.pull();
  await boss.pull();
  const fact = boss.ledger.find((entry) => entry.command === closed.id && entry.kind === "block_overridden");
  expect_made_by(fact, boss.user, closed);
  assert.equal(fact.note, "台风停办");
  assert.deepEqual(fact.block, where);
  const flagged = alice.ledger.find((entry) => entry.command === closed.id && entry.kind === "booking_relocation_flagged");
  assert.equal(flagged.booking, booking);
  expect_made_by(flagged, boss.user, closed);
  const message = alice.all("notification").find((row) => row.kind === "relocation_needed" && row.booking === booking);
  assert.equal(message.enterprise, alice.enterprise.id);
  assert.deepEqual(message.block, where);
  assert.ok(message.at >= closed.from && message.at <= closed.until);
  assert.ok(!("read_at" in message), "it is unread");
  assert.equal(alice.all("block_override").find((row) => row.key.date === where.date).reason, "台风停办");

  const read = await give(alice, { type: "mark_notifications_read", notifications: [message.id] });
  await alice.pull();
  const after_reading = alice.rows.get(`notification ${message.id}`);
  assert.ok(after_reading.read_at >= read.from && after_reading.read_at <= read.until);
});

test("what the console did stands in the ledger without a user, when it was done", async () => {
  await boss.pull();
  const saved = boss.ledger.filter((entry) => entry.kind === "enterprise_saved");
  assert.equal(saved.length, 1);
  assert.equal(saved[0].enterprise, alice.enterprise.id);
  assert.ok(!("actor" in saved[0]));
  const start = Date.parse(monday_morning);
  assert.ok(saved[0].at >= start && saved[0].at < start + 300_000);
  const users = boss.ledger.filter((entry) => entry.kind === "user_saved").map((entry) => entry.note).sort();
  assert.deepEqual(users, [alice.user.name, "boss"].sort());
});
