// 64 clients fight for 8 seats, 50 times: never over capacity, and every refusal has ways forward.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { demo_catalog, make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { run_cli } from "./support/server.mjs";

const clients_count = 64;
const seats = 8;
const rounds = 50;

// One service with five blocks of eight seats a day, and no limit that would end the fight early.
function race_catalog() {
  const catalog = demo_catalog();
  const service = catalog.services.find((one) => one.id === "tax");
  service.weekly = ["09:00", "10:00", "11:00", "13:00", "14:00"].map((start) => ({
    weekdays: 31, span: { start, end: String(Number(start.slice(0, 2)) + 1).padStart(2, "0") + ":00" },
    capacity: seats, emergency_reserve: 0 }));
  service.policy.max_open = 100;
  catalog.services = [service];
  return catalog;
}

test("64 clients, 8 seats, 50 rounds", async () => {
  const park = await make_park({ enterprises: clients_count, catalog: race_catalog(),
    server: { now: monday_morning } });
  const { server } = park;
  const clients = await sign_in_all(server, park.accounts);
  const blocks = [];
  for (const date of ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04",
                      "2026-12-07", "2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11"]) {
    for (const start of ["09:00", "10:00", "11:00", "13:00", "14:00"]) {
      blocks.push({ service: "tax", date, start });
    }
  }
  assert.equal(blocks.length, rounds);
  for (const block of blocks) {
    const results = await Promise.all(clients.map((client) =>
      client.push({ type: "book_appointment", booking: randomUUID(), block })));
    const accepted = results.filter((result) => result.accepted);
    assert.equal(accepted.length, seats, JSON.stringify(block));
    for (const result of results.filter((one) => !one.accepted)) {
      assert.equal(result.rejection.code, "block_full");
      const kinds = result.rejection.ways.map((way) => way.kind);
      assert.ok(kinds.includes("join_waitlist"), JSON.stringify(result.rejection));
      const last = block === blocks.at(-1);
      assert.ok(last || kinds.includes("choose_block"), JSON.stringify(result.rejection));
    }
  }
  const counts = new Map();
  for (const client of clients) {
    await client.pull();
    for (const row of client.all("booking")) {
      const key = JSON.stringify(row.block);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  assert.equal(counts.size, rounds);
  for (const [key, count] of counts) assert.equal(count, seats, key);
  for (const row of clients[0].all("block")) assert.equal(row.booked, seats);
  assert.equal((await server.stop()).code, 0);
  assert.equal(run_cli("ledger", "verify", "--data", park.data).code, 0);
});
