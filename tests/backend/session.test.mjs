// Signing in, first passwords, lock-out, CSRF, sign-out, disabled users: over HTTP against the real binary.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Client, set_cookies } from "./support/client.mjs";
import { credit_code, make_park, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli, run_cli_json, Server } from "./support/server.mjs";

let server;
let park;
let clients;

before(async () => {
  park = await make_park({ enterprises: 6 });
  server = park.server;
  clients = await sign_in_all(server, park.accounts.slice(0, 3));
});
after(() => server.stop());

test("a user name and the enterprise's credit code both sign in", async () => {
  const by_name = new Client(server.url);
  assert.equal((await by_name.sign_in(park.accounts[0].user, test_password)).status, 200);
  const by_code = new Client(server.url);
  const answer = await by_code.sign_in(credit_code(0), test_password);
  assert.equal(answer.status, 200);
  assert.equal(answer.body.user.id, by_name.user.id);
  assert.equal(answer.body.enterprise.credit_code, credit_code(0));
});

test("the session cookie is out of scripts' reach and of other sites'", async () => {
  const answer = await new Client(server.url).sign_in(park.accounts[0].user, test_password);
  const cookies = set_cookies(answer.headers);
  assert.equal(cookies.length, 2);
  const of = (name) => cookies.find((cookie) => cookie.startsWith(name));
  assert.match(of("yuanyue_session"), /^yuanyue_session=[0-9a-f]{64}; Path=\/;/);
  assert.match(of("yuanyue_device"), /^yuanyue_device=[0-9a-f]{58}; Path=\/api\/v1\/session;/);
  for (const cookie of cookies) {
    assert.match(cookie, /; HttpOnly; SameSite=Strict/);
  }
});

test("who am I: nobody is no error, else user and CSRF token", async () => {
  const visitor = await new Client(server.url).request("GET", "/api/v1/session");
  assert.equal(visitor.status, 204);
  assert.equal(visitor.body, "");
  const answer = await clients[0].request("GET", "/api/v1/session");
  assert.equal(answer.status, 200);
  assert.equal(answer.body.csrf_token, clients[0].csrf_token);
  assert.equal(answer.body.must_change_password, false);
});

test("a first password lets nothing be done until it is changed", async () => {
  const account = park.accounts[3];
  const client = new Client(server.url);
  const signed_in = await client.sign_in(account.user, account.password);
  assert.equal(signed_in.body.must_change_password, true);
  const pull = await client.request("GET", `/api/v1/pull?client=${client.id}`);
  assert.equal(pull.status, 403);
  assert.equal(pull.body.code, "password_change_required");
  const push = await client.push_envelope(client.envelope({ type: "decline_offer", offer: client.id }));
  assert.equal(push.body.code, "password_change_required");

  for (const weak of ["short", "1234567890", "aaaaaaaaaaaa", `${account.user}!`]) {
    const refused = await client.change_password(account.password, weak);
    assert.equal(refused.status, 422, weak);
    assert.equal(refused.body.code, "weak_password");
    assert.ok(refused.body.message.endsWith("."), "a sentence says what to change");
  }
  const same = await client.change_password(account.password, account.password);
  assert.equal(same.status, 422);
  assert.equal((await client.change_password(account.password, test_password)).status, 200);
  await client.pull();
  assert.equal((await new Client(server.url).sign_in(account.user, account.password)).status, 401);
});

test("changing the password ends all sessions but this one, which goes on under new tokens", async () => {
  const [here, there] = [new Client(server.url), new Client(server.url)];
  await here.sign_in(park.accounts[1].user, test_password);
  await there.sign_in(park.accounts[1].user, test_password);
  const before = { session_cookie: here.session_cookie, csrf_token: here.csrf_token };
  const wrong = await here.change_password("not the password", "another good password");
  assert.equal(wrong.status, 401);
  assert.equal(wrong.body.code, "wrong_credentials");
  assert.equal((await here.change_password(test_password, "another good password")).status, 200);
  assert.equal((await here.request("GET", "/api/v1/session")).body.csrf_token, here.csrf_token);
  assert.equal((await there.request("GET", "/api/v1/session")).status, 204);
  assert.notEqual(here.session_cookie, before.session_cookie);
  assert.notEqual(here.csrf_token, before.csrf_token);
  const stolen = Object.assign(new Client(server.url), before);
  assert.equal((await stolen.request("GET", "/api/v1/session")).status, 204, "a copy of the old cookie is worth nothing");
  clients[1] = here;
});

test("state changes need the CSRF token, the own origin and JSON", async () => {
  const envelope = clients[0].envelope({ type: "decline_offer", offer: clients[0].id });
  clients[0].seq = 0;  // none of these counts
  const push = (headers) => clients[0].request("POST", "/api/v1/push", envelope, headers);
  for (const headers of [
    { "x-yuanyue-csrf": "" },
    { "x-yuanyue-csrf": "0".repeat(64) },
    { "x-yuanyue-csrf": clients[2].csrf_token },
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ]) {
    const refused = await push(headers);
    assert.equal(refused.status, 403, JSON.stringify(headers));
    assert.equal(refused.body.code, "csrf");
  }
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const refused = await push({ "content-type": type });
    assert.ok([400, 415].includes(refused.status), type);
  }
  assert.equal((await push({ origin: server.url, "sec-fetch-site": "same-origin" })).status, 200);
  const other_site = await new Client(server.url).request(
    "POST", "/api/v1/session", { name: "x", password: "y" }, { origin: "https://evil.example" });
  assert.equal(other_site.body.code, "csrf");
});

test("signing out ends the session and clears the cookie", async () => {
  const client = new Client(server.url);
  await client.sign_in(park.accounts[0].user, test_password);
  const token = client.session_cookie;
  const answer = await client.request("DELETE", "/api/v1/session");
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("set-cookie"), /Max-Age=0/);
  client.session_cookie = token;
  assert.equal((await client.request("GET", "/api/v1/session")).status, 204);
});

test("guessing locks the account out, also for the right password, and names nobody", async () => {
  const guess = (name) => new Client(server.url).sign_in(name, "not the password at all");
  for (const name of [park.accounts[2].user, "nobody-of-that-name"]) {
    const statuses = [];
    for (let i = 0; i < 6; ++i) statuses.push((await guess(name)).status);
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429], name);
  }
  const locked = await new Client(server.url).sign_in(park.accounts[2].user, test_password);
  assert.equal(locked.status, 429);
  assert.equal(locked.body.code, "locked_out");
  assert.ok(Number(locked.headers.get("retry-after")) >= 30);
  const by_code = await new Client(server.url).sign_in(credit_code(2), test_password);
  assert.equal(by_code.status, 429, "the credit code is the same account");
  assert.equal((await clients[2].request("GET", "/api/v1/session")).status, 200,
    "who is signed in already is not thrown out");
  const known = Object.assign(new Client(server.url), { device_cookie: clients[2].device_cookie });
  assert.equal((await known.sign_in(park.accounts[2].user, test_password)).status, 200,
    "a device that has signed in before is not locked out by whoever guesses");
  const of_another = Object.assign(new Client(server.url), { device_cookie: clients[0].device_cookie });
  assert.equal((await of_another.sign_in(park.accounts[2].user, test_password)).status, 429);
});

test("a burst of guesses is not worth more than a row of them", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => new Client(server.url).sign_in("burst", "not the password")));
  const decided = answers.filter((answer) => answer.status === 401).length;
  assert.equal(decided, 5, "as many as one after the other, and not one more");
  assert.ok(answers.every((answer) => [401, 429].includes(answer.status)));
});

test("disabling a user ends the sessions at once", async () => {
  const account = park.accounts[4];
  const client = new Client(server.url);
  await client.sign_in_first(account.user, account.password, test_password);
  const waiting = client.pull().then(() => client.pull(20_000)).catch((error) => error);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(run_cli("user", "disable", account.user, "--data", park.data).code, 0);
  assert.match(String(await waiting), /401/);
  assert.equal((await client.request("GET", "/api/v1/session")).status, 204);
  assert.equal((await new Client(server.url).sign_in(account.user, test_password)).status, 401);
});

test("a reset gives a new first password and ends the sessions", async () => {
  const account = park.accounts[5];
  const client = new Client(server.url);
  await client.sign_in_first(account.user, account.password, test_password);
  const reset = run_cli_json("user", "reset-password", account.user, "--json", "--data", park.data);
  assert.equal((await client.request("GET", "/api/v1/session")).status, 204);
  const again = await new Client(server.url).sign_in(account.user, reset.password);
  assert.equal(again.status, 200);
  assert.equal(again.body.must_change_password, true);
});

test("sessions survive a restart of the server, locks too, and no secret is logged", async () => {
  await server.stop();
  const log = server.log;
  const [token, csrf] = [clients[0].session_cookie.split("=")[1], clients[0].csrf_token];
  server = await Server.start({ data: park.data });
  for (const client of clients) client.url = server.url;
  assert.equal((await clients[0].request("GET", "/api/v1/session")).status, 200);
  assert.equal((await new Client(server.url).sign_in(park.accounts[2].user, test_password)).status, 429);
  for (const secret of [test_password, park.accounts[0].password, token, csrf]) {
    assert.ok(!log.includes(secret));
  }
  assert.ok(log.includes('"event":"locked_out"'));
});

test("a new password from the console lifts the lock of its account alone", async () => {
  const park = await make_park({ enterprises: 2 });
  const [locked, other] = park.accounts;
  for (let i = 0; i < 6; ++i) {
    await new Client(park.server.url).sign_in(locked.user, "wrong wrong wrong");
    await new Client(park.server.url).sign_in(other.user, "wrong wrong wrong");
  }
  assert.equal((await new Client(park.server.url).sign_in(locked.user, locked.password)).status, 429);
  const reset = run_cli_json("user", "reset-password", locked.user, "--json", "--data", park.data);
  assert.equal((await new Client(park.server.url).sign_in(locked.user, reset.password)).status, 200);
  assert.equal((await new Client(park.server.url).sign_in(other.user, other.password)).status, 429);
  // Also while nothing serves, and for good.
  await park.server.stop();
  const again = run_cli_json("user", "reset-password", other.user, "--json", "--data", park.data);
  const restarted = await Server.start({ data: park.data });
  assert.equal((await new Client(restarted.url).sign_in(other.user, again.password)).status, 200);
  await restarted.stop();
});
