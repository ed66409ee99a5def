// kill -9 in the middle of a load: after the restart nothing that was acknowledged is missing, nothing is there twice, and
// the ledger verifies.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { demo_catalog, make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { run_cli_json, Server } from "./support/server.mjs";

const clients_count = 16;
const kills = 5;

function roomy_catalog() {
  const catalog = demo_catalog();
  for (const service of catalog.services) {
    service.policy.max_open = 100;
    service.policy.max_changes = 100;
    for (const line of service.weekly) Object.assign(line, { capacity: 200, emergency_reserve: 0 });
  }
  return catalog;
}

const dates = ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08", "2026-12-09"];
const starts = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"];

// Books and cancels without end; whatever was not acknowledged is sent again after the restart, as the protocol asks.
async function load(client, acknowledged, is_over) {
  let pending;
  for (let i = 0; !is_over(); ++i) {
    const open = acknowledged.bookings.filter((one) => one.status === "confirmed");
    const free = dates.flatMap((date) => starts.map((start) => ({ service: "tax", date, start })))
      .filter((block) => !open.some((one) => one.block.date === block.date && one.block.start === block.start));
    const command = (i % 3 === 2 || free.length === 0) && open.length > 0
      ? { type: "cancel_booking", booking: open[0].id, block: open[0].block, reason: "" }
      : { type: "book_appointment", booking: randomUUID(), block: free[i % free.length] };
    pending ??= client.envelope(command);
    try {
      const answer = await client.push_envelope(pending);
      if (answer.status === 503) continue;
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      settle(pending.commands[0].command, answer.body.results[0], acknowledged);
      acknowledged.last_seq = answer.body.last_seq;
      pending = undefined;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));  // the server is down; try again
    }
  }
  return pending;
}

function settle(command, result, acknowledged) {
  acknowledged.results += 1;
  if (!result.accepted) return;
  if (command.type === "book_appointment") {
    acknowledged.bookings.push({ id: command.booking, block: command.block, status: "confirmed" });
  } else {
    acknowledged.bookings.find((one) => one.id === command.booking).status = "cancelled";
  }
}

test("killed again and again under load, the server loses and repeats nothing", async () => {
  const park = await make_park({ enterprises: clients_count, catalog: roomy_catalog(),
    server: { now: monday_morning, args: ["--no-quotas"] } });
  let { server } = park;
  const clients = await sign_in_all(server, park.accounts);
  const states = clients.map(() => ({ bookings: [], results: 0, last_seq: 0 }));
  let over = false;
  const loads = clients.map((client, i) => load(client, states[i], () => over));
  for (let i = 0; i < kills; ++i) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await server.kill();
    const check = run_cli_json("ledger", "verify", "--json", "--data", park.data);
    assert.equal(check.ok, true, JSON.stringify(check));
    server = await Server.start({ data: park.data, now: monday_morning, args: ["--no-quotas"] });
    for (const client of clients) client.url = server.url;
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  over = true;
  const pending = await Promise.all(loads);

  const settled = states.reduce((sum, state) => sum + state.results, 0);
  assert.ok(settled > 500, `only ${settled} commands were settled`);
  for (const [i, client] of clients.entries()) {
    const state = states[i];
    const body = await client.pull();
    const rows = client.all("booking");
    for (const booking of state.bookings) {
      const row = rows.find((one) => one.id === booking.id);
      assert.equal(row?.status, booking.status, "an acknowledged command is lost");
    }
    // At most the one command under way may be decided without the client knowing.
    assert.ok(body.last_seq - state.last_seq <= (pending[i] ? 1 : 0));
    assert.ok(rows.length - state.bookings.length <= 1);
    const made = client.ledger.filter((entry) => entry.kind === "booking_made");
    assert.equal(new Set(made.map((entry) => entry.booking)).size, made.length, "a command was applied twice");
    assert.equal(made.length, rows.length);
  }
  const counts = new Map();
  for (const client of clients) {
    for (const row of client.all("booking").filter((one) => one.status === "confirmed")) {
      const key = JSON.stringify(row.block);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  for (const row of clients[0].all("block")) {
    assert.equal(row.booked, counts.get(JSON.stringify(row.key)) ?? 0, JSON.stringify(row.key));
  }
  assert.equal((await server.stop()).code, 0);
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", park.data).ok, true);
});

test("a graceful stop answers what it has accepted", async () => {
  const park = await make_park({ enterprises: 8, catalog: roomy_catalog(), server: { now: monday_morning, args: ["--no-quotas"] } });
  const clients = await sign_in_all(park.server, park.accounts);
  const blocks = dates.map((date) => ({ service: "tax", date, start: "09:00" }));
  const pushes = clients.map((client) => client.push_envelope(client.envelope(...blocks.map((block) => ({
    type: "book_appointment", booking: randomUUID(), block })))).catch(() => undefined));
  const waiting = clients[0].pull().then(() => clients[0].pull(30_000)).catch(() => undefined);
  const began = Date.now();
  const [ended] = await Promise.all([park.server.stop(), ...pushes, waiting]);
  assert.deepEqual(ended, { code: 0, signal: null });
  assert.ok(Date.now() - began < 5_000, "long pulls do not hold the stop up");
  const answered = (await Promise.all(pushes)).filter((answer) => answer?.status === 200);
  const server = await Server.start({ data: park.data, now: monday_morning, args: ["--no-quotas"] });
  for (const client of clients) {
    client.url = server.url;
    await client.pull();
  }
  const kept = clients.reduce((sum, client) => sum + client.all("booking").length, 0);
  assert.ok(kept >= answered.length * blocks.length);
  await server.stop();
});
