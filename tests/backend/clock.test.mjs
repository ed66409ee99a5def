// The server's clock: it starts where --now says, moves only forward, and only when --now was given.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { block, demo_catalog, make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { Server, temp_folder } from "./support/server.mjs";

const time_of = async (server) => (await (await fetch(`${server.url}/api/v1/time`)).json()).server_now;

test("without --now the clock is the machine's and cannot be moved", async () => {
  const server = await Server.start();
  assert.ok(Math.abs((await time_of(server)) - Date.now()) < 2_000);
  const refused = await server.move_clock("2030-01-01T00:00:00Z");
  assert.equal(refused.status, 403);
  assert.equal(refused.body.code, "dev_clock_disabled");
  assert.ok(Math.abs((await time_of(server)) - Date.now()) < 2_000);
  await server.stop();
});

test("with --now it starts there, runs on, moves forward, never back", async () => {
  const data = temp_folder();
  const server = await Server.start({ data, now: monday_morning });
  const start = Date.parse(monday_morning);
  const first = await time_of(server);
  assert.ok(first >= start && first < start + 10_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok((await time_of(server)) > first);

  assert.equal((await server.move_clock("2026-11-24T09:00:00+08:00")).status, 200);
  const later = await time_of(server);
  assert.ok(later >= start + 86_400_000);
  for (const now of ["2026-11-23T09:00:00+08:00", "yesterday", ""]) {
    const refused = await server.move_clock(now);
    assert.equal(refused.status, 400, now);
    assert.equal(refused.body.field, "now");
  }
  assert.ok((await time_of(server)) >= later);
  await server.stop();
});

test("after a restart time does not go back behind what was committed", async () => {
  const park = await make_park({ enterprises: 1, server: { now: "2027-03-01T09:00:00+08:00" } });
  let { server } = park;
  const [client] = await sign_in_all(server, park.accounts);
  await client.push({ type: "book_appointment", booking: randomUUID(), block: block("tax", "2027-03-10", "09:00") });
  await server.kill();
  server = await Server.start({ data: park.data, now: monday_morning });
  assert.ok((await time_of(server)) >= Date.parse("2027-03-01T09:00:00+08:00"));
  await server.stop();
});

test("an offer is made when a seat frees, and runs out when its hold is over", async () => {
  const catalog = demo_catalog();
  catalog.services.find((one) => one.id === "tax").weekly.forEach((line) => (line.capacity = 1));
  const park = await make_park({ enterprises: 3, catalog, server: { now: monday_morning } });
  const { server } = park;
  const [holder, first, second] = await sign_in_all(server, park.accounts);
  const seat = block("tax", "2026-12-01", "09:00");
  const booking = randomUUID();
  assert.equal((await holder.push({ type: "book_appointment", booking, block: seat })).accepted, true);
  for (const client of [first, second]) {
    const result = await client.push({ type: "join_waitlist", entry: randomUUID(), service: "tax",
      wishes: [{ date: seat.date, part: "any", start: seat.start }], auto_accept: false });
    assert.equal(result.accepted, true, JSON.stringify(result));
  }
  assert.equal((await holder.push({ type: "cancel_booking", booking, block: seat, reason: "" })).accepted, true);

  await first.pull();
  const offer = first.all("offer")[0];
  assert.equal(offer.status, "open");
  assert.equal(first.all("notification")[0].kind, "offer_made");
  await second.pull();
  assert.equal(second.all("offer").length, 0);

  const waiting = second.pull(20_000);
  const moved = await server.move_clock(new Date(offer.expires_at).toISOString());
  assert.equal(moved.status, 200, JSON.stringify(moved));
  await waiting;
  await second.pull();
  assert.equal(second.all("offer")[0].status, "open");
  await first.pull();
  assert.equal(first.all("offer")[0].status, "expired");
  const accepted = await second.push({ type: "accept_offer", offer: second.all("offer")[0].id });
  assert.equal(accepted.accepted, true);
  await server.stop();
});
