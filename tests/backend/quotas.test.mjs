// What one member may use up: commands, memory, clients. Honest use stays far below it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { protocol_version } from "./support/commands.mjs";
import { block, make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { time_ordered_uuid } from "./support/time_ordered_uuid.mjs";

const nonsense = () => ({ type: "decline_offer", offer: randomUUID() });  // refused, and its answer is kept
const pushes = (client, command, count) => client.push_envelope(
  client.envelope(...Array.from({ length: count }, command)));

test("a member's commands are bounded with 429 and Retry-After; nobody else notices, and waiting is enough", async () => {
  const park = await make_park({ enterprises: 2, server: { now: monday_morning } });
  const [greedy, honest] = await sign_in_all(park.server, park.accounts);
  let answer;
  let given = 0;
  for (; given < 2_000; given += 50) {
    answer = await pushes(greedy, nonsense, 50);
    if (answer.status !== 200) break;
  }
  assert.equal(answer.status, 429);
  assert.equal(answer.body.code, "too_many_requests");
  assert.ok(given >= 600 && given < 800, `${given} were taken at once`);
  const wait_s = Number(answer.headers.get("retry-after"));
  assert.ok(wait_s >= 1 && wait_s <= 25, `wait ${wait_s} s`);
  greedy.seq -= 50;

  const booking = { type: "book_appointment", booking: randomUUID(), block: block("tax", "2026-12-01", "09:00") };
  assert.equal((await honest.push(booking)).accepted, true, "the other one is served");
  await greedy.pull();  // what it may see, it may still see

  // A refused push has used up no number: sent again after the wait, it is taken.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const later = await pushes(greedy, nonsense, 1);
  assert.equal(later.status, 200);
  assert.equal(later.body.last_seq, given + 1);
  // What cannot be read counts too.
  let malformed = 0;
  for (; malformed < 50; ++malformed) {
    if ((await greedy.request("POST", "/api/v1/push", "{")).status === 429) break;
  }
  assert.ok(malformed < 50);
  await park.server.stop();
});

const peak_kib = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
const forget_peak = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, "5");

test("a large body costs a few times its size, whatever stands in it", async (t) => {
  const park = await make_park({ enterprises: 1, server: { now: monday_morning, args: ["--no-quotas"] } });
  const [client] = await sign_in_all(park.server, park.accounts);
  const kib = 512;
  const filled = (head, unit) => head + unit.repeat(Math.floor((kib * 1024 - head.length) / unit.length));
  const bodies = {
    "only opening brackets": filled("", "["),
    "only opening braces with a key": filled("", '{"":'),
    "one level of brackets": filled("[", "[],"),
    "nothing but numbers": filled("[", "0,"),
    "as a member beside a protocol": filled(`{"protocol":${protocol_version},"commands":[`, "0,"),
    "empty objects": filled("[", "{},"),
    "one long text": `"${"x".repeat(kib * 1024 - 2)}"`,
  };
  const pid = park.server.process.pid;
  for (const [what, body] of Object.entries(bodies)) {
    forget_peak(pid);
    const before = peak_kib(pid);
    const answers = await Promise.all(Array.from({ length: 96 }, () => client.request("POST", "/api/v1/push", body)));
    for (const answer of answers) assert.ok([400, 503].includes(answer.status), `${what}: ${answer.status}`);
    assert.ok(answers.some((answer) => answer.status === 400), `${what}: none was read`);
    const more_mib = (peak_kib(pid) - before) / 1024;
    t.diagnostic(`96 bodies of 512 KiB, ${what}: ${more_mib.toFixed(0)} MiB`);
    // 96 bodies are 48 MiB, and each is held twice while it comes in.
    assert.ok(more_mib < 300, `${what}: ${more_mib.toFixed(0)} MiB more`);
  }
  await park.server.stop();
});

test("one user's replicas are bounded; the forgotten one starts anew and nothing is applied twice", async () => {
  const park = await make_park({ enterprises: 1, server: { now: monday_morning, args: ["--no-quotas"] } });
  const [client] = await sign_in_all(park.server, park.accounts);
  const booking = client.envelope({ type: "book_appointment", booking: randomUUID(), block: block("tax", "2026-12-01", "09:00") });
  assert.equal((await client.push_envelope(booking)).body.results[0].accepted, true);
  for (let i = 0; i < 120; ++i) {
    const envelope = { protocol: protocol_version, client: randomUUID(), commands: [{ seq: 1, id: time_ordered_uuid(), command: nonsense() }] };
    assert.equal((await client.push_envelope(envelope)).status, 200);
  }
  const forgotten = await client.push(nonsense()).catch((error) => error.message);
  assert.match(String(forgotten), /409.*unknown_client/);
  const again = await client.push_envelope({ ...booking, client: randomUUID() });
  assert.equal(again.body.results[0].accepted, true, "known by its own id");
  await client.pull();
  assert.equal(client.all("booking").length, 1);
  await park.server.stop();
});
