// Pulls that wait for news: what wakes them, and with which answer.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { Client } from "./support/client.mjs";
import { block, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli } from "./support/server.mjs";

let park;
let clients;

before(async () => {
  park = await make_park({ enterprises: 4, server: { now: monday_morning } });
  clients = await sign_in_all(park.server, park.accounts);
});
after(() => park.server.stop());

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Waits for news from now on, at most 20 s: {status, ms}.
async function wait_for_news(client) {
  const began = Date.now();
  const query = new URLSearchParams({ client: client.id, cookie: client.cookie, wait_ms: "20000" });
  const answer = await client.request("GET", `/api/v1/pull?${query}`);
  return { status: answer.status, ms: Date.now() - began, body: answer.body };
}

test("signing out ends the pulls of that session with 401, and no other's", async () => {
  const [client] = clients;
  const elsewhere = new Client(park.server.url);
  await elsewhere.sign_in(park.accounts[0].user, test_password);
  await client.pull();
  await elsewhere.pull();
  const [ended, goes_on] = [wait_for_news(client), wait_for_news(elsewhere)];
  let has_ended = false;
  goes_on.then(() => (has_ended = true));
  await pause(500);
  assert.equal((await client.request("DELETE", "/api/v1/session")).status, 200);
  const { status, ms } = await ended;
  assert.equal(status, 401);
  assert.ok(ms < 5_000, `at once: ${ms} ms`);
  await pause(300);
  assert.equal(has_ended, false, "the other session waits on");
  assert.equal((await elsewhere.request("DELETE", "/api/v1/session")).status, 200);
  assert.equal((await goes_on).status, 401);
});

test("a changed password ends the pulls of the user's other sessions with 401", async () => {
  const client = clients[1];
  const elsewhere = new Client(park.server.url);
  await elsewhere.sign_in(park.accounts[1].user, test_password);
  await elsewhere.pull();
  const ended = wait_for_news(elsewhere);
  await pause(500);
  assert.equal((await client.change_password(test_password, "another long password")).status, 200);
  const { status, ms } = await ended;
  assert.equal(status, 401);
  assert.ok(ms < 5_000, `at once: ${ms} ms`);
});

test("disabling a user ends his pulls with 401", async () => {
  const client = clients[2];
  await client.pull();
  const ended = wait_for_news(client);
  await pause(500);
  const disabled = run_cli("user", "disable", park.accounts[2].user, "--data", park.data);
  assert.equal(disabled.code, 0, disabled.stderr);
  const { status, ms } = await ended;
  assert.equal(status, 401);
  assert.ok(ms < 5_000, `at once: ${ms} ms`);
});

test("news come at once, and a stop of the server answers whoever waits", async () => {
  const client = clients[3];
  await client.pull();
  const woken = wait_for_news(client);
  await pause(300);
  const booked = await client.push({ type: "book_appointment", booking: randomUUID(),
    block: block("tax", "2026-12-01", "09:00") });
  assert.equal(booked.accepted, true);
  const news = await woken;
  assert.equal(news.status, 200);
  assert.ok(news.ms < 5_000 && news.body.rows.length > 0);
  await client.pull();
  const waits = wait_for_news(client);
  await pause(300);
  const began = Date.now();
  const [last, end] = await Promise.all([waits, park.server.stop()]);
  assert.equal(last.status, 200);
  assert.deepEqual([last.body.rows, last.body.reset], [[], false]);
  assert.deepEqual(end, { code: 0, signal: null });
  assert.ok(Date.now() - began < 5_000);
});
