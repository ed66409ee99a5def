// Who is locked out by whom: behind a proxy, on known devices, by one who guesses from elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client } from "./support/client.mjs";
import { make_park, sign_in_all, test_password } from "./support/park.mjs";

const from = (address) => ({ "x-forwarded-for": address });

async function guess(server, name, headers, times = 1) {
  const statuses = [];
  for (let i = 0; i < times; ++i) {
    statuses.push((await new Client(server.url).sign_in(name, "not the password", headers)).status);
  }
  return statuses;
}

test("behind a trusted proxy addresses are told apart by what the proxy has added, not by what the client has written", async () => {
  const park = await make_park({ enterprises: 1, server: { args: ["--trusted-proxy"] } });
  const { server } = park;
  const owner = new Client(server.url);
  const [account] = park.accounts;
  // Whatever stands before the proxy's own entry changes with each guess; it is one address all the same.
  for (let i = 0; i < 5; ++i) {
    assert.deepEqual(await guess(server, account.user, from(`10.0.0.${i}, 6.6.6.6`)), [401]);
  }
  assert.deepEqual(await guess(server, account.user, from("10.0.0.99, 6.6.6.6")), [429]);
  assert.deepEqual(await guess(server, account.user, from("6.6.6.6")), [429]);
  assert.deepEqual(await guess(server, account.user, from("[::ffff:6.6.6.6]:4711")), [429], "the same, as some proxies write it");
  assert.equal((await owner.sign_in(account.user, account.password, from("1.1.1.1"))).status, 200,
    "the owner elsewhere is not locked out, on a device that nobody knows");
  await server.stop();
});

test("without a trusted proxy X-Forwarded-For is nobody's word", async () => {
  const park = await make_park({ enterprises: 1 });
  const [account] = park.accounts;
  for (let i = 0; i < 5; ++i) {
    assert.deepEqual(await guess(park.server, account.user, from(`6.6.6.${i}`)), [401]);
  }
  assert.deepEqual(await guess(park.server, account.user, from("1.1.1.1")), [429]);
  await park.server.stop();
});

test("an address that tries many accounts waits as long as it is told, and known devices behind it do not", async () => {
  const park = await make_park({ enterprises: 2, server: { args: ["--trusted-proxy"] } });
  const { server } = park;
  const [known] = await sign_in_all(server, park.accounts);
  for (let i = 0; i < 30; ++i) assert.deepEqual(await guess(server, `nobody-${i}`, from("6.6.6.6")), [401]);
  const locked = await new Client(server.url).sign_in("one more", "x", from("6.6.6.6"));
  assert.equal(locked.status, 429);
  const seconds = Number(locked.headers.get("retry-after"));
  assert.ok(seconds > 14 * 60 && seconds <= 15 * 60, `15 minutes, as operations.md says, not ${seconds} s`);
  assert.equal((await known.sign_in(park.accounts[0].user, test_password, from("6.6.6.6"))).status, 200);
  const unknown = await new Client(server.url).sign_in(park.accounts[1].user, test_password, from("6.6.6.6"));
  assert.equal(unknown.status, 429);
  await server.stop();
});
