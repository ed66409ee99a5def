// Who waits: everybody's numbers, one's own places, and nothing of the others that could be recognised elsewhere.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { leave_of } from "./support/commands.mjs";
import { demo_catalog, make_park, monday_morning, sign_in_all } from "./support/park.mjs";

const block = { service: "tax", date: "2026-12-01", start: "09:00" };
let park;
let holder;
let first;
let second;
let key_project;

function one_seat_catalog() {
  const catalog = demo_catalog();
  const service = catalog.services.find((one) => one.id === "tax");
  service.weekly = [{ weekdays: 31, span: { start: "09:00", end: "10:00" }, capacity: 1, emergency_reserve: 0 }];
  catalog.services = [service];
  return catalog;
}

const join = async (client) => {
  const entry = randomUUID();
  const result = await client.push({ type: "join_waitlist", entry, service: "tax", auto_accept: false,
    wishes: [{ date: block.date, part: "any", start: block.start }] });
  assert.equal(result.accepted, true, JSON.stringify(result));
  return entry;
};

before(async () => {
  park = await make_park({ enterprises: 4, catalog: one_seat_catalog(), server: { now: monday_morning },
    tags: (number) => (number === 3 ? "key_project" : "") });
  [holder, first, second, key_project] = await sign_in_all(park.server, park.accounts);
});
after(() => park.server.stop());

const pulled = async (client) => {
  client.cookie = "";
  await client.pull();
  return client;
};
const counts = (client) => client.all("block").find((row) => row.key.date === block.date);
const places = (client) => client.all("waiting_place");

test("an enterprise learns numbers of the others, and its own place", async () => {
  assert.equal((await holder.push({ type: "book_appointment", booking: randomUUID(), block })).accepted, true);
  const entries = { first: await join(first), second: await join(second), key: await join(key_project) };
  await pulled(key_project);
  const joined_at = key_project.all("waitlist_entry")[0].joined_at;
  for (const [client, mine, ahead] of [[first, entries.first, [0, 0, 1, 0, 0]], [second, entries.second, [0, 0, 1, 0, 1]],
    [key_project, entries.key, [0, 0, 0, 0, 0]]]) {
    await pulled(client);
    assert.deepEqual(counts(client).waiting, [0, 0, 1, 0, 2]);
    assert.deepEqual(places(client).map((row) => [row.key.entry, row.ahead]), [[mine, ahead]]);
  }
  for (const client of [holder, first, second]) {
    const answer = await client.request("GET", `/api/v1/pull?client=${client.id}`);
    const text = JSON.stringify(answer.body);
    const own = client === first ? entries.first : client === second ? entries.second : undefined;
    for (const entry of Object.values(entries)) assert.equal(text.includes(entry), entry === own, entry);
    const of_others = answer.body.rows.filter((row) => row.type === "block");
    assert.ok(of_others.every((row) => !("queue" in row)));
    assert.ok(!JSON.stringify(of_others).includes("key_project"));
    const entries_seen = answer.body.rows.filter((row) => row.type === "waitlist_entry");
    assert.ok(entries_seen.every((row) => row.enterprise === client.enterprise.id), String(joined_at));
  }
});

test("who leaves is gone from the numbers, and those behind move up", async () => {
  await pulled(first);
  const result = await first.push(leave_of(first.all("waitlist_entry")[0]));
  assert.equal(result.accepted, true, JSON.stringify(result));
  await first.pull();
  assert.deepEqual(places(first), []);
  await second.pull();
  assert.deepEqual(counts(second).waiting, [0, 0, 1, 0, 1]);
  assert.deepEqual(places(second).map((row) => row.ahead), [[0, 0, 1, 0, 0]]);
});
