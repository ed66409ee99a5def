// GET /api/v1/history: finished work on demand, in pages, for who may see it and nobody else.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { cancel_of } from "./support/commands.mjs";
import { block, demo_catalog, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli, run_cli_json, Server } from "./support/server.mjs";

const ask = (client, query) =>
  client.request("GET", `/api/v1/history?${new URLSearchParams(query)}`);

async function pages(client, query, limit) {
  const rows = [];
  let before;
  do {
    const answer = await ask(client, { ...query, limit: String(limit), ...(before && { before }) });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.ok(answer.body.rows.length <= limit);
    rows.push(...answer.body.rows);
    before = answer.body.next;
  } while (before);
  return rows;
}

// Two enterprises with bookings that have been kept for their time, and are in the archive now.
async function archived_park(options = {}) {
  const park = await make_park({ enterprises: 2, ...options, server: { now: monday_morning } });
  const [mine, theirs] = await sign_in_all(park.server, park.accounts);
  const booked = { mine: [], theirs: [] };
  for (const [start, service, date] of [
    ["09:00", "tax", "2026-12-01"], ["10:00", "tax", "2026-12-02"], ["09:00", "registration", "2026-12-03"]]) {
    for (const [client, list] of [[mine, booked.mine], [theirs, booked.theirs]]) {
      const booking = randomUUID();
      const result = await client.push({ type: "book_appointment", booking, block: block(service, date, start) });
      assert.equal(result.accepted, true, JSON.stringify(result));
      list.push(booking);
      await client.pull();
      const row = client.all("booking").find((one) => one.id === booking);
      assert.equal((await client.push(cancel_of(row))).accepted, true);
    }
  }
  assert.equal((await park.server.move_clock("2027-03-10T09:00:00+08:00")).status, 200);
  for (const [i, client] of [mine, theirs].entries()) {
    assert.equal((await client.sign_in(park.accounts[i].user, test_password)).status, 200);
    client.id = randomUUID();  // one that was not heard for so long is forgotten
    client.seq = 0;
  }
  return { ...park, mine, theirs, booked };
}

test("finished bookings leave the replica and come in pages, the latest finished first", async () => {
  const { server, mine, theirs, booked, data } = await archived_park();
  const gone = await mine.pull();
  assert.equal(mine.all("booking").length, 0);
  assert.equal(gone.reset, false);
  assert.equal(gone.deletes.filter((key) => key.type === "booking").length, 3);
  for (const limit of [1, 2, 3, 100]) {
    const rows = await pages(mine, { kind: "booking" }, limit);
    assert.deepEqual(rows.map((row) => row.id), [...booked.mine].reverse());
    assert.ok(rows.every((row) => row.status === "cancelled" && row.type === "booking"));
  }
  const theirs_rows = await pages(theirs, { kind: "booking" }, 100);
  assert.deepEqual(theirs_rows.map((row) => row.id), [...booked.theirs].reverse());
  assert.deepEqual(await pages(mine, { kind: "offer" }, 10), []);

  const filtered = async (query) => (await pages(mine, { kind: "booking", ...query }, 2)).map((row) => row.id);
  assert.deepEqual(await filtered({ service: "tax" }), [booked.mine[1], booked.mine[0]]);
  assert.deepEqual(await filtered({ service: "nothing" }), []);
  assert.deepEqual(await filtered({ from: "2026-12-02" }), [booked.mine[2], booked.mine[1]]);
  assert.deepEqual(await filtered({ from: "2026-12-02", to: "2026-12-02" }), [booked.mine[1]]);
  assert.deepEqual(await filtered({ to: "2026-11-30" }), []);

  const fresh = await ask(mine, { kind: "booking" });
  assert.deepEqual(Object.keys(fresh.body).sort(), ["rows", "server_now"], "no next at the end");
  assert.ok(fresh.body.server_now > Date.parse("2027-03-10T00:00:00Z"));
  await server.stop();
  assert.match(run_cli("doctor", "--data", data, "--json").stdout, /archived rows/);
});

test("a timeline has every entry of a booking, live or archived, for its own enterprise only", async () => {
  const { server, mine, theirs, booked } = await archived_park();
  const answer = await ask(mine, { booking: booked.mine[0] });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body.row.id, booked.mine[0]);
  assert.deepEqual(answer.body.ledger.map((entry) => entry.kind), ["booking_cancelled", "booking_made"]);
  const first = await ask(mine, { booking: booked.mine[0], limit: "1" });
  assert.deepEqual(first.body.ledger.map((entry) => entry.kind), ["booking_cancelled"]);
  const second = await ask(mine, { booking: booked.mine[0], limit: "1", before: first.body.next });
  assert.deepEqual(second.body.ledger.map((entry) => entry.kind), ["booking_made"]);
  assert.equal(second.body.next, undefined);

  const booking = randomUUID();
  assert.equal((await mine.push({ type: "book_appointment", booking,
    block: block("tax", "2027-03-16", "09:00") })).accepted, true);
  const live = await ask(mine, { booking });
  assert.equal(live.body.row.status, "confirmed");
  assert.equal(live.body.ledger.length, 1);

  const unknown = await ask(theirs, { booking: randomUUID() });
  assert.equal(unknown.status, 404);
  for (const hidden of [booked.mine[0], booking]) {
    const refused = await ask(theirs, { booking: hidden });
    assert.equal(refused.status, 404);
    assert.deepEqual(refused.body, unknown.body, "whether it exists is not told");
  }
  assert.equal((await ask(mine, { entry: booked.mine[0] })).status, 404, "it is no entry");
  await server.stop();
});

test("an id of the archive is refused, and the clients' journals are content after a reset", async () => {
  const { server, mine, booked, data } = await archived_park();
  const again = await mine.push({ type: "book_appointment", booking: booked.mine[0],
    block: block("tax", "2027-03-16", "09:00") });
  assert.equal(again.accepted, false);
  assert.equal(again.rejection.code, "already_exists");
  await server.stop();
  const restarted = await Server.start({ data, now: monday_morning });
  mine.url = restarted.url;
  const still = await mine.push({ type: "book_appointment", booking: booked.mine[0],
    block: block("tax", "2027-03-16", "10:00") });
  assert.equal(still.rejection.code, "already_exists");
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", data).first_bad ?? 0, 0);
  await restarted.stop();
});

test("malformed questions are told what is wrong, and strangers nothing", async () => {
  const { server, mine } = await archived_park();
  const id = randomUUID();
  for (const [query, field] of [
    [{}, "kind"], [{ kind: "user" }, "kind"], [{ kind: "block" }, "kind"], [{ kind: "" }, "kind"],
    [{ kind: "booking", booking: id }, "kind"], [{ booking: id, entry: id }, "kind"],
    [{ kind: "booking", limit: "0" }, "limit"], [{ kind: "booking", limit: "101" }, "limit"],
    [{ kind: "booking", limit: "-1" }, "limit"], [{ kind: "booking", limit: "05" }, "limit"],
    [{ kind: "booking", before: "x" }, "before"], [{ kind: "booking", before: "1" }, "before"],
    [{ kind: "booking", before: "01.1" }, "before"], [{ kind: "booking", before: "A.1" }, "before"],
    [{ kind: "booking", before: "1.1.1" }, "before"], [{ booking: id, before: "1.1" }, "before"],
    [{ kind: "booking", from: "yesterday" }, "from"], [{ kind: "booking", to: "2027-02-30" }, "to"],
    [{ kind: "booking", service: "No Such" }, "service"], [{ booking: "mine" }, "booking"],
    [{ booking: id, service: "tax" }, "service"], [{ entry: id, from: "2027-01-01" }, "from"],
    [{ booking: "00000000-0000-0000-0000-000000000000" }, "booking"],
  ]) {
    const answer = await ask(mine, query);
    assert.equal(answer.status, 400, JSON.stringify(query));
    assert.equal(answer.body.code, "malformed");
    assert.equal(answer.body.field, field, JSON.stringify(query));
  }
  const stranger = await fetch(`${server.url}/api/v1/history?kind=booking`);
  assert.equal(stranger.status, 401);
  assert.equal((await mine.request("POST", "/api/v1/history?kind=booking", {})).status, 405);
  await server.stop();
});

test("a park may keep finished work longer, and the change counts at once", async () => {
  const catalog = demo_catalog();
  catalog.parks[0].retention_days = 3650;
  const { server, data, mine } = await archived_park({ catalog });
  await mine.pull();
  assert.equal(mine.all("booking").length, 3);
  assert.deepEqual((await ask(mine, { kind: "booking" })).body.rows, []);
  await server.stop();
  assert.match(run_cli("catalog", "export", "--data", data).stdout, /retention_days/);
});
