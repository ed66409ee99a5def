// Eight clients work against one server that is killed with -9 again and again: every acknowledged command is there exactly
// once, no block holds more than its seats, every replica ends with the server's rows, and the ledger verifies.
// YUANYUE_SOAK_SECONDS (30) and YUANYUE_SOAK_KILL_SECONDS (4) make it as long as one likes.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { demo_catalog, make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { run_cli_json, Server } from "./support/server.mjs";
import { cancel_of, leave_of, protocol_version } from "./support/commands.mjs";

const seconds = Number(process.env.YUANYUE_SOAK_SECONDS ?? 30);
const kill_seconds = Number(process.env.YUANYUE_SOAK_KILL_SECONDS ?? 4);
const clients_count = 8;
const capacity = 3;  // fewer seats than clients, so that there are queues and offers

const dates = ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08"];
const starts = ["09:00", "10:00", "14:00"];
const blocks = dates.flatMap((date) => starts.map((start) => ({ service: "tax", date, start })));
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function tight_catalog() {
  const catalog = demo_catalog();
  for (const service of catalog.services) {
    Object.assign(service.policy, { max_open: 100, max_changes: 100 });
    for (const line of service.weekly) Object.assign(line, { capacity, emergency_reserve: 0 });
  }
  return catalog;
}

function next_command(client) {
  const mine = client.all("booking").filter((row) => row.status === "confirmed");
  const offers = client.all("offer").filter((row) => row.status === "open");
  const waiting = client.all("waitlist_entry").filter((row) => row.status === "waiting");
  const choice = Math.random();
  if (offers.length > 0) {
    const offer = pick(offers);
    if (choice >= 0.7) return { type: "decline_offer", offer: offer.id };
    const swapped = mine.find((row) => row.id === offer.swap_booking);
    return { type: "accept_offer", offer: offer.id, ...(swapped && { swap_from: swapped.block }) };
  }
  if (mine.length > 0 && choice < 0.3) {
    const booking = pick(mine);
    return { type: "reschedule_booking", booking: booking.id, from: booking.block, to: pick(blocks) };
  }
  if (mine.length > 0 && choice < 0.5) return cancel_of(pick(mine));
  if (waiting.length < 3 && choice < 0.65) {
    const wish = pick(blocks);
    return { type: "join_waitlist", entry: randomUUID(), service: "tax", auto_accept: choice < 0.55,
      wishes: [{ date: wish.date, part: "any", start: wish.start }] };
  }
  if (waiting.length > 0 && choice < 0.7) return leave_of(pick(waiting));
  return { type: "book_appointment", booking: randomUUID(), block: pick(blocks) };
}

// Works until told to stop; what was not answered is sent again, as the protocol asks.
async function work(client, acknowledged, is_over) {
  let pending;
  while (!is_over()) {
    try {
      if (!pending) {
        await client.pull();
        pending = client.envelope(next_command(client));
      }
      const answer = await client.push_envelope(pending);
      if (answer.status === 503) {
        await pause(50);
        continue;
      }
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      acknowledged.push({ command: pending.commands[0], result: answer.body.results[0] });
      pending = undefined;
      await pause(5);
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      await pause(30);  // the server is down
    }
  }
  return pending;
}

function check_capacity(clients) {
  const taken = new Map();
  for (const client of clients) {
    for (const row of client.all("booking").filter((one) => one.status === "confirmed")) {
      const key = JSON.stringify(row.block);
      taken.set(key, (taken.get(key) ?? 0) + 1);
    }
  }
  for (const [key, count] of taken) assert.ok(count <= capacity, `${key} holds ${count}`);
  for (const row of clients[0].all("block")) assert.equal(row.booked, taken.get(JSON.stringify(row.key)) ?? 0);
}

async function fresh_rows(client) {
  client.cookie = "";
  await client.pull();
  return JSON.stringify([...client.rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

test(`${seconds} s of work and a kill every ${kill_seconds} s`, async () => {
  const park = await make_park({ enterprises: clients_count, catalog: tight_catalog(), server: { now: monday_morning, args: ["--no-quotas"] } });
  let { server } = park;
  const clients = await sign_in_all(server, park.accounts);
  const acknowledged = clients.map(() => []);
  let over = false;
  const works = clients.map((client, i) => work(client, acknowledged[i], () => over));
  let kills = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    await pause(kill_seconds * 1000);
    await server.kill();
    kills += 1;
    const check = run_cli_json("ledger", "verify", "--json", "--data", park.data);
    assert.equal(check.ok, true, JSON.stringify(check));
    server = await Server.start({ data: park.data, now: monday_morning, args: ["--no-quotas"] });
    for (const client of clients) client.url = server.url;
  }
  over = true;
  const pending = await Promise.all(works);
  for (const [i, client] of clients.entries()) {
    if (pending[i]) await client.push_envelope(pending[i]);
  }

  // Replicas that went on by deltas hold what one holds that starts with nothing.
  const rows = [];
  for (const client of clients) {
    await client.pull();
    const by_deltas = JSON.stringify([...client.rows].sort(([a], [b]) => (a < b ? -1 : 1)));
    rows.push(await fresh_rows(client));
    assert.equal(by_deltas, rows.at(-1), "a replica differs from the server");
  }
  check_capacity(clients);
  // Everything once more, as a client would that has lost its place: the same answers, and nothing changes.
  for (const [i, client] of clients.entries()) {
    client.id = randomUUID();
    client.seq = 0;
    for (let first = 0; first < acknowledged[i].length; first += 50) {
      const some = acknowledged[i].slice(first, first + 50);
      const envelope = { protocol: protocol_version, client: client.id,
        commands: some.map(({ command }) => ({ ...command, seq: ++client.seq })) };
      const answer = await client.push_envelope(envelope);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      for (const [k, { result }] of some.entries()) {
        assert.deepEqual({ ...answer.body.results[k], seq: 0 }, { ...result, seq: 0 }, "an acknowledged answer is lost");
      }
    }
  }
  for (const [i, client] of clients.entries()) {
    assert.equal(await fresh_rows(client), rows[i], "a command was applied twice");
  }
  const settled = acknowledged.flat();
  const accepted = settled.filter(({ result }) => result.accepted).length;
  console.log(`# ${kills} kills, ${settled.length} commands acknowledged, ${accepted} accepted`);
  assert.ok(accepted > 10 * kills, `only ${accepted} commands were accepted`);
  assert.equal((await server.stop()).code, 0);
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", park.data).ok, true);
});
