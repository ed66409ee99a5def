// Where a right ends, it has ended: sign-ins that were under way, pulls that wait, sessions that a restart reads back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Client } from "./support/client.mjs";
import { make_park, test_password } from "./support/park.mjs";
import { run_cli, run_cli_json, Server } from "./support/server.mjs";

const session = "/api/v1/session";
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let park;
let server;
let administrator;

before(async () => {
  park = await make_park({ enterprises: 6 });
  server = park.server;
  const added = run_cli_json("user", "add", "boss", "--role", "administrator", "--json", "--data", park.data);
  administrator = new Client(server.url);
  await administrator.sign_in_first("boss", added.password, test_password);
});
after(() => server.stop());

async function signed_in(account) {
  const client = new Client(server.url);
  await client.sign_in_first(account.user, account.password, test_password);
  return client;
}
const another_tab = (client) => Object.assign(new Client(server.url), {
  session_cookie: client.session_cookie, csrf_token: client.csrf_token });
const is_signed_in = async (client) => (await another_tab(client).request("GET", session)).status === 200;
const save_user = (user) => administrator.push({ type: "save_user", user });

test("a pull that waits when its user signs out is told nothing more", async () => {
  const client = await signed_in(park.accounts[0]);
  await client.pull();
  const waiting = another_tab(client);
  Object.assign(waiting, { id: client.id, cookie: client.cookie });
  const answer = waiting.pull(20_000).then(() => "delivered", (error) => String(error));
  await pause(300);
  assert.equal((await client.sign_out()).status, 200);
  // News for the user, which would wake it.
  const { enterprise } = client;
  assert.equal((await administrator.push({ type: "save_enterprise",
    enterprise: { ...enterprise, contact: "somebody new" } })).accepted, true);
  assert.match(await answer, /401/);
});

test("disabled by an administrator's push: sessions end, and being enabled again brings none back", async () => {
  const client = await signed_in(park.accounts[1]);
  await client.pull();
  const waiting = client.pull(20_000).then(() => "delivered", (error) => String(error));
  await pause(300);
  const { user } = client;
  assert.equal((await save_user({ ...user, disabled: true })).accepted, true);
  assert.match(await waiting, /401/);
  assert.equal(await is_signed_in(client), false);
  assert.equal((await client.push_envelope(client.envelope({ type: "decline_offer", offer: client.id }))).status, 401);
  assert.equal((await new Client(server.url).sign_in(user.name, test_password)).status, 401);

  assert.equal((await save_user({ ...user, disabled: false })).accepted, true);
  assert.equal(await is_signed_in(client), false, "at once");
  await server.stop();
  server = await Server.start({ data: park.data });
  Object.assign(administrator, { url: server.url });
  assert.equal(await is_signed_in(client), false, "after a restart");
  assert.equal((await new Client(server.url).sign_in(user.name, test_password)).status, 200);
});

test("disabled and enabled in one push: old sessions are gone all the same", async () => {
  const client = await signed_in(park.accounts[2]);
  const { user } = client;
  const pushed = await administrator.push_envelope(administrator.envelope(
    { type: "save_user", user: { ...user, disabled: true } }, { type: "save_user", user: { ...user, disabled: false } }));
  assert.deepEqual(pushed.body.results.map((result) => result.accepted), [true, true]);
  assert.equal(await is_signed_in(client), false);
});

test("sign-ins under way when the password is reset make no session after it", async () => {
  const account = park.accounts[3];
  await signed_in(account);
  for (let round = 0; round < 3; ++round) {
    const clients = Array.from({ length: 30 }, () => new Client(server.url));
    const password = round === 0 ? test_password : account.password;
    const answers = clients.map((client) => client.sign_in(account.user, password));
    await pause(round * 60);
    account.password = run_cli_json("user", "reset-password", account.user, "--json", "--data", park.data).password;
    const after_reset = (await Promise.all(answers)).map((answer) => answer.status);
    for (const [i, client] of clients.entries()) {
      assert.ok([200, 401, 429, 503].includes(after_reset[i]), String(after_reset[i]));
      assert.equal(await is_signed_in(client), false, `round ${round}: a session of the old password lives on`);
    }
  }
  // Those that came after the reset were wrong by then, and may have locked the account from here.
  account.password = run_cli_json("user", "reset-password", account.user, "--json", "--data", park.data).password;
  assert.equal((await new Client(server.url).sign_in(account.user, account.password)).status, 200);
});

test("signing in over a live session ends that one, whoever signs in", async () => {
  const browser = await signed_in(park.accounts[4]);
  const first = another_tab(browser);
  const next = await signed_in(park.accounts[5]);
  const cookie = browser.session_cookie;
  assert.equal((await browser.sign_in(park.accounts[5].user, test_password)).status, 200);
  assert.notEqual(browser.session_cookie, cookie);
  assert.equal(await is_signed_in(first), false);
  assert.equal(await is_signed_in(browser), true);
  assert.equal(await is_signed_in(next), true, "other browsers are not touched");
});

test("a first password that was not changed waits to be changed after a restart too", async () => {
  const account = run_cli_json("user", "add", "helper", "--role", "administrator", "--json", "--data", park.data);
  const client = new Client(server.url);
  await client.sign_in("helper", account.password);
  await server.stop();
  server = await Server.start({ data: park.data });
  for (const each of [client, administrator]) each.url = server.url;
  const answer = await client.request("GET", session);
  assert.equal(answer.body.must_change_password, true);
  const pull = await client.request("GET", `/api/v1/pull?client=${client.id}`);
  assert.equal(pull.body.code, "password_change_required");
  assert.equal(run_cli("user", "disable", "helper", "--data", park.data).code, 0);
});
