// Push and pull as docs/protocol.md promises them, against the real binary.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { Client } from "./support/client.mjs";
import { block, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli_json } from "./support/server.mjs";
import { cancel_of, protocol_version } from "./support/commands.mjs";

let server;
let park;
let alice;
let bob;

before(async () => {
  park = await make_park({ enterprises: 4, server: { now: monday_morning, args: ["--max-long-polls", "2"] } });
  server = park.server;
  [alice, bob] = await sign_in_all(server, park.accounts.slice(0, 2));
});
after(() => server.stop());

const book = (date, start, service = "tax") => ({
  type: "book_appointment", booking: randomUUID(), block: block(service, date, start) });
const booked = async (client, key) => {
  await client.pull();
  const row = client.all("block").find((one) => JSON.stringify(one.key) === JSON.stringify(key));
  return row?.booked ?? 0;
};

test("a command is accepted, and the next pull brings what it changed", async () => {
  const command = book("2026-12-01", "09:00");
  const result = await alice.push(command);
  assert.equal(result.accepted, true);
  await alice.pull();
  const booking = alice.all("booking").find((row) => row.id === command.booking);
  assert.deepEqual(booking.block, { date: "2026-12-01", service: "tax", start: "09:00" });
  assert.equal(booking.status, "confirmed");
  assert.equal(alice.ledger.at(-1).kind, "booking_made");
  assert.equal(alice.ledger.at(-1).booking, command.booking);
});

test("nobody sees another enterprise's rows, everybody the public counters", async () => {
  await alice.pull();
  await bob.pull();
  assert.equal(bob.all("booking").length, 0);
  assert.equal(bob.all("enterprise").length, 1);
  assert.equal(bob.all("user").length, 1);
  const text = JSON.stringify([...bob.rows.values(), ...bob.ledger]);
  for (const secret of [alice.enterprise.id, alice.enterprise.credit_code, alice.enterprise.name, alice.user.id]) {
    assert.ok(!text.includes(secret), `${secret} is in what bob holds`);
  }
  assert.equal(bob.ledger.some((entry) => entry.enterprise === alice.enterprise.id), false);
  assert.ok(bob.all("block").some((row) => row.booked === 1));
});

test("the same push again applies once and gives the same answer", async () => {
  const command = book("2026-12-02", "09:00");
  const envelope = alice.envelope(command);
  const first = await alice.push_envelope(envelope);
  const again = await alice.push_envelope(envelope);
  assert.deepEqual(again.body.results, first.body.results);
  assert.equal(again.body.last_seq, alice.seq);
  assert.equal(await booked(alice, { date: "2026-12-02", service: "tax", start: "09:00" }), 1);
});

test("many copies of one push at the same time apply once", async () => {
  const envelope = alice.envelope(cancel_of(alice.all("booking").at(-1)));
  const answers = await Promise.all(Array.from({ length: 16 }, () => alice.push_envelope(envelope)));
  for (const answer of answers) assert.deepEqual(answer.body.results, answers[0].body.results);
  assert.equal(answers[0].body.results[0].accepted, true);
});

test("a command known by its id from another replica is not applied again", async () => {
  const envelope = alice.envelope(book("2026-12-03", "10:00"));
  await alice.push_envelope(envelope);
  const lost = new Client(server.url);  // the same user whose browser lost its client id
  Object.assign(lost, { session_cookie: alice.session_cookie, csrf_token: alice.csrf_token });
  const again = lost.envelope(envelope.commands[0].command);
  again.commands[0].id = envelope.commands[0].id;
  const answer = await lost.push_envelope(again);
  assert.equal(answer.body.results[0].accepted, true);
  assert.equal(answer.body.results[0].seq, 1);
  assert.equal(await booked(alice, { date: "2026-12-03", service: "tax", start: "10:00" }), 1);
});

test("somebody else's command id gives nothing away", async () => {
  const envelope = alice.envelope(book("2026-12-04", "09:00"));
  await alice.push_envelope(envelope);
  const theirs = bob.envelope(book("2026-12-04", "10:00"));
  theirs.commands[0].id = envelope.commands[0].id;
  const answer = await bob.push_envelope(theirs);
  assert.equal(answer.body.results[0].accepted, false);
  assert.equal(answer.body.results[0].rejection.code, "already_exists");
  assert.ok(!("booking" in answer.body.results[0].rejection));
});

test("a business refusal is a 200 with ways forward and uses up its number", async () => {
  const result = await alice.push(book("2026-11-28", "09:00"));  // a Saturday
  assert.equal(result.accepted, false);
  assert.equal(result.rejection.code, "block_closed");
  assert.equal(result.rejection.reason, "weekend");
  assert.ok(result.rejection.ways.length > 0);
  assert.equal((await alice.pull()).last_seq, alice.seq);
});

test("several commands of one push are decided in order", async () => {
  const booking = book("2026-12-08", "09:00");
  const answer = await bob.push_envelope(bob.envelope(
    booking,
    { type: "reschedule_booking", booking: booking.booking, from: booking.block,
      to: block("tax", "2026-12-09", "09:00") },
    { type: "cancel_booking", booking: booking.booking, block: block("tax", "2026-12-09", "09:00"),
      reason: "不需要了" }));
  assert.deepEqual(answer.body.results.map((result) => result.accepted), [true, true, true]);
  await bob.pull();
  assert.equal(bob.all("booking").find((row) => row.id === booking.booking).status, "cancelled");
});

test("gaps, unknown replicas and foreign replicas are errors that change nothing", async () => {
  const gap = alice.envelope(book("2026-12-10", "09:00"));
  gap.commands[0].seq += 1;
  alice.seq -= 1;
  const gap_answer = await alice.push_envelope(gap);
  assert.equal(gap_answer.status, 409);
  assert.equal(gap_answer.body.code, "sequence_gap");

  const unknown = { ...gap, client: randomUUID(), commands: [{ ...gap.commands[0], seq: 5 }] };
  const unknown_answer = await alice.push_envelope(unknown);
  assert.equal(unknown_answer.status, 409);
  assert.equal(unknown_answer.body.code, "unknown_client");

  const foreign = { ...bob.envelope(book("2026-12-10", "09:00")), client: alice.id };
  bob.seq -= 1;
  const foreign_answer = await bob.push_envelope(foreign);
  assert.equal(foreign_answer.status, 403);
  assert.equal(foreign_answer.body.code, "wrong_user");
  const foreign_pull = await bob.request("GET", `/api/v1/pull?client=${alice.id}`);
  assert.equal(foreign_pull.body.code, "wrong_user");
  assert.equal(await booked(alice, { date: "2026-12-10", service: "tax", start: "09:00" }), 0);
  assert.equal((await alice.pull()).last_seq, alice.seq, "no number was used up");
  assert.equal((await bob.pull()).last_seq, bob.seq);
});

test("members may not give administrators' commands, nobody the system's", async () => {
  await alice.pull();
  const key = block("tax", "2026-12-10", "09:00");
  const without_type = ({ type, ...row }) => row;
  for (const command of [
    { type: "save_enterprise", enterprise: { ...alice.enterprise, key_project: true } },
    { type: "save_user", user: { ...alice.user, role: "administrator" } },
    { type: "save_catalog", parks: [], halls: [], departments: [], services: alice.all("service").map(without_type) },
    { type: "override_block", block: { key, closed: true, reason: "" } },
    { type: "remove_block_override", block: key },
    { type: "import_calendar_year", force: false, year: without_type(alice.all("calendar_year")[0]) },
  ]) {
    const result = await alice.push(command);
    assert.equal(result.accepted, false, command.type);
    assert.equal(result.rejection.code, "not_permitted", command.type);
  }
  const envelope = alice.envelope({ type: "run_due" });
  alice.seq -= 1;
  const answer = await alice.push_envelope(envelope);
  assert.equal(answer.status, 400);
  assert.equal(answer.body.code, "malformed");
});

test("a pull with a cookie brings only what is new; a damaged or foreign cookie resets", async () => {
  await alice.pull();
  const quiet = await alice.pull();
  assert.equal(quiet.reset, false);
  assert.equal(quiet.rows.length + quiet.deletes.length + quiet.ledger.length, 0);
  const size = alice.rows.size;
  const good = alice.cookie;
  for (const cookie of ["nonsense", "0.1.0.1", good.replace(/^./, "f"), good + "0"]) {
    alice.cookie = cookie;
    const answer = await alice.pull();
    assert.equal(answer.reset, true, cookie);
    assert.equal(alice.rows.size, size);
  }
});

test("a long pull waits, wakes when something changes, and is bounded in number", async () => {
  await alice.pull();
  const started = Date.now();
  const quiet = await alice.pull(300);
  assert.ok(Date.now() - started >= 290);
  assert.equal(quiet.rows.length, 0);

  const waiting = alice.pull(20_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const pushed = Date.now();
  await bob.push(book("2026-12-11", "09:00"));
  assert.ok((await waiting).rows.some((row) => row.type === "block"));
  assert.ok(Date.now() - pushed < 2_000);

  await bob.pull();
  const more = await Promise.all([alice, bob, alice, bob].map(async (client) => {
    const began = Date.now();
    await client.request("GET", `/api/v1/pull?client=${client.id}&cookie=${client.cookie}&wait_ms=1500`);
    return Date.now() - began;
  }));
  assert.equal(more.filter((elapsed_ms) => elapsed_ms >= 1_400).length, 2, String(more));
});

test("a user whose rights change starts anew and loses what it may no longer see", async () => {
  const account = park.accounts[2];
  const carol = new Client(server.url);
  await carol.sign_in_first(account.user, account.password, test_password);
  await carol.push(book("2026-12-14", "09:00"));
  await carol.pull();
  assert.equal(carol.all("booking").length, 1);

  const admin_account = run_cli_json("user", "add", "boss", "--role", "administrator", "--json",
    "--data", park.data);
  const admin = new Client(server.url);
  await admin.sign_in_first("boss", admin_account.password, test_password);
  await admin.pull();
  assert.ok(admin.all("enterprise").length >= 4);
  // Its name was the code of the enterprise that it leaves.
  const moved = { ...carol.user, name: "carol", enterprise: bob.enterprise.id };
  assert.equal((await admin.push({ type: "save_user", user: moved })).accepted, true);

  const answer = await carol.pull();
  assert.equal(answer.reset, true);
  assert.equal(carol.all("enterprise")[0].id, bob.enterprise.id);
  assert.equal(carol.all("booking").some((row) => row.enterprise === carol.enterprise.id), false);
});

test("answers are compressed when the client takes it", async () => {
  const answer = await alice.request("GET", `/api/v1/pull?client=${alice.id}`, undefined,
    { "accept-encoding": "br" });
  assert.equal(answer.headers.get("content-encoding"), "br");
  assert.ok(answer.body.rows.length > 20);
  const plain = await alice.request("GET", `/api/v1/pull?client=${alice.id}`, undefined,
    { "accept-encoding": "identity" });
  assert.equal(plain.headers.get("content-encoding"), null);
  assert.equal(plain.headers.get("cache-control"), "no-store");
});

test("a page of the version before is told so, and its commands are not guessed at", async () => {
  const mine = alice.all("booking").find((row) => row.status === "confirmed") ?? { id: randomUUID() };
  const old = { ...alice.envelope({ type: "cancel_booking", booking: mine.id, reason: "" }), protocol: protocol_version - 1 };
  alice.seq -= 1;
  const answer = await alice.push_envelope(old);
  assert.equal(answer.status, 426);
  assert.equal(answer.body.code, "protocol_too_old");
  const pulled = await alice.request("GET", `/api/v1/pull?client=${alice.id}&protocol=${protocol_version - 1}`);
  assert.equal(pulled.status, 426);
});
