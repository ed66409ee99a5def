// The real program on a disk that fails and with a clock that somebody sets: it says what is wrong, answers nothing wrong,
// loses nothing that it acknowledged, and goes on by itself when the trouble is over.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Client } from "./support/client.mjs";
import { errno, Faults } from "./support/faults.mjs";
import { block, demo_catalog, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli, run_cli_json, Server, temp_folder } from "./support/server.mjs";
import { query_sql } from "./support/sqlite.mjs";

function roomy_catalog() {
  const catalog = demo_catalog();
  for (const service of catalog.services) Object.assign(service.policy, { max_open: 100, max_changes: 100 });
  return catalog;
}

const starts = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00", "16:00"];
const dates = ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"];
const booking = (i) => ({ type: "book_appointment", booking: randomUUID(),
  block: block("tax", dates[Math.floor(i / starts.length)], starts[i % starts.length]) });

const ready = async (server) => {
  const answer = await fetch(`${server.url}/readyz`);
  return { status: answer.status, retry_after: answer.headers.get("retry-after"), ...(await answer.json()) };
};
async function until(what, holds, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`not within ${seconds} s: ${what}`);
}
const events = (server, name) => server.log_lines().filter((line) => line.event === name);

async function park_with_faults(options = {}) {
  const faults = new Faults();
  const park = await make_park({ enterprises: 1, catalog: roomy_catalog(),
    server: { now: monday_morning, env: faults.env, ...options } });
  const [client] = await sign_in_all(park.server, park.accounts);
  return { ...park, faults, client };
}

// The state that the server answers from and the one that a restart reads are the same, and have what was acknowledged.
async function expect_same_after_kill(park, client, acknowledged) {
  const seen = async () => {
    client.cookie = "";
    await client.pull();
    return client.all("booking").map((row) => `${row.id} ${row.status}`).sort();
  };
  const before = await seen();
  for (const id of acknowledged) assert.ok(before.some((row) => row.startsWith(id)), "an acknowledged booking is lost");
  await park.server.kill();
  const server = await Server.start({ data: park.data, now: monday_morning });
  client.url = server.url;
  assert.deepEqual(await seen(), before);
  await server.stop();
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", park.data).ok, true);
}

const disk_faults = [
  { name: "a full disk", order: "write_error", error: errno.no_space, reason: "disk_full" },
  { name: "a disk that became read-only", order: "write_error", error: errno.read_only, reason: "read_only" },
  { name: "a failed flush", order: "flush_error", error: errno.io, reason: "failed_write" },
];
for (const fault of disk_faults) {
  test(`${fault.name}: pushes are refused, pulls go on, nothing acknowledged is lost, and it heals by itself`, async () => {
    const park = await park_with_faults();
    const { client, faults, server } = park;
    const acknowledged = [];
    const first = booking(0);
    assert.equal((await client.push(first)).accepted, true);
    acknowledged.push(first.booking);

    faults.order(fault.order, fault.error);
    const envelope = client.envelope(booking(1));
    for (let i = 0; i < 5; ++i) {
      const refused = await client.push_envelope(envelope);
      assert.equal(refused.status, 503);
      assert.equal(refused.body.code, "unavailable");
      assert.match(refused.body.message, new RegExp(fault.reason));
      assert.ok(Number(refused.headers.get("retry-after")) >= 1);
    }
    assert.ok(faults.refused() > 0, "the fault has happened");
    const state = await ready(server);
    assert.deepEqual([state.status, state.ready, state.reason], [503, false, fault.reason]);
    assert.ok(state.retry_after);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    await client.pull();
    assert.equal(client.all("booking").length, 1, "what was not saved is not shown");
    const doctor = JSON.parse(run_cli("doctor", "--json", "--data", park.data).stdout);
    const check = doctor.checks.find((one) => one.check === "server");
    assert.equal(check.health, "fail");
    assert.match(check.message, new RegExp(fault.reason));
    assert.equal(events(server, "commit_failed").length, 1, "the log says it once");

    faults.order(fault.order, 0);
    await until("ready again without a push", async () => (await ready(server)).status === 200);
    assert.equal(events(server, "commits_again").length, 1);
    const accepted = await client.push_envelope(envelope);
    assert.equal(accepted.body.results[0].accepted, true);
    acknowledged.push(envelope.commands[0].command.booking);
    await client.pull();
    assert.equal(client.all("booking").length, 2);
    await expect_same_after_kill(park, client, acknowledged);
  });
}

test("killed on a failing disk: what comes again is applied once", async () => {
  const park = await park_with_faults();
  const { client, faults } = park;
  for (let round = 0; round < 3; ++round) {
    const envelope = client.envelope(booking(round));
    faults.order("flush_error", errno.io);
    assert.equal((await client.push_envelope(envelope)).status, 503);
    await park.server.kill();
    faults.order("flush_error", 0);
    park.server = await Server.start({ data: park.data, now: monday_morning, env: faults.env });
    client.url = park.server.url;
    assert.equal((await client.push_envelope(envelope)).body.results[0].accepted, true);
    await client.pull();
    assert.equal(client.all("booking").length, round + 1);
  }
  await expect_same_after_kill(park, client, []);
});

// The kernel's own refusal: a file may not grow beyond a size.
test("a file size limit is a full disk, and lifting it is enough", async () => {
  const park = await make_park({ enterprises: 1, catalog: roomy_catalog(), server: { now: monday_morning } });
  const [client] = await sign_in_all(park.server, park.accounts);
  const limit = (bytes) => {
    const run = spawnSync("prlimit", ["--pid", String(park.server.process.pid), `--fsize=${bytes}:unlimited`]);
    assert.equal(run.status, 0, String(run.stderr));
  };
  limit(statSync(join(park.data, "yuanyue.db-wal")).size + 4096);
  const acknowledged = [];
  let refused;
  for (let i = 0; i < 20 && !refused; ++i) {
    const envelope = client.envelope(booking(i));
    const answer = await client.push_envelope(envelope);
    if (answer.status === 200) acknowledged.push(envelope.commands[0].command.booking);
    else refused = { envelope, answer };
  }
  assert.equal(refused?.answer.status, 503);
  assert.equal((await ready(park.server)).reason, "disk_full");
  limit("unlimited");
  await until("ready again", async () => (await ready(park.server)).status === 200);
  assert.equal((await client.push_envelope(refused.envelope)).body.results[0].accepted, true);
  acknowledged.push(refused.envelope.commands[0].command.booking);
  await expect_same_after_kill(park, client, acknowledged);
});

test("sign-in on a full disk says try again, and works when there is room", async () => {
  const park = await park_with_faults();
  park.faults.order("write_error", errno.no_space);
  const other = new Client(park.server.url);
  const refused = await other.sign_in(park.accounts[0].user, test_password);
  assert.equal(refused.status, 503);
  assert.equal(refused.body.code, "unavailable");
  park.faults.order("write_error", 0);
  assert.equal((await other.sign_in(park.accounts[0].user, test_password)).status, 200);
  await park.server.stop();
});

test("sign-out on a full disk: ended at once, told truly, and kept trying until it is ended for good", async () => {
  const park = await park_with_faults();
  const { client, faults, server } = park;
  const copy = { session_cookie: client.session_cookie, csrf_token: client.csrf_token };
  faults.order("write_error", errno.no_space);
  const answer = await client.sign_out();
  assert.equal(answer.status, 503, "a restart now would bring the session back");
  assert.equal(answer.body.code, "unavailable");
  assert.match(answer.headers.get("set-cookie"), /^yuanyue_session=;.*Max-Age=0/, "the browser is signed out all the same");
  const stolen = Object.assign(new Client(server.url), copy);
  assert.equal((await stolen.request("GET", "/api/v1/session")).status, 204, "ended at once");
  faults.order("write_error", 0);
  const stored = () => Number(query_sql(join(park.data, "yuanyue.db"), "SELECT count(*) FROM sessions"));
  await until("the end is written down without a request", () => stored() === 0);
  await server.kill();
  const again = await Server.start({ data: park.data, now: monday_morning });
  stolen.url = again.url;
  assert.equal((await stolen.request("GET", "/api/v1/session")).status, 204);
  await again.stop();
});

test("a damaged file is not served; doctor names it, and a backup heals it", async () => {
  const park = await make_park({ enterprises: 2, server: { now: monday_morning } });
  const copy = join(temp_folder(), "copy.db");
  run_cli_json("backup", copy, "--json", "--data", park.data);
  await park.server.stop();
  const path = join(park.data, "yuanyue.db");
  const file = openSync(path, "r+");
  const pages = Math.floor(statSync(path).size / 4096);
  for (let page = 2; page < pages; page += 3) writeSync(file, Buffer.alloc(600, 0xee), 0, 600, page * 4096 + 100);
  closeSync(file);
  const served = run_cli("serve", "--data", park.data, "--port", "0");
  assert.equal(served.code, 1);
  assert.match(served.stderr, /The store .* cannot be used: .*`yuanyue restore`/);
  const doctor = run_cli("doctor", "--json", "--data", park.data);
  assert.equal(doctor.code, 1);
  assert.equal(JSON.parse(doctor.stdout).checks.find((one) => one.check === "store").health, "fail");
  assert.equal(run_cli("backup", join(temp_folder(), "no.db"), "--data", park.data).code, 1);
  run_cli_json("restore", copy, "--json", "--data", park.data);
  const server = await Server.start({ data: park.data, now: monday_morning });
  assert.equal((await ready(server)).status, 200);
  await server.stop();
});

test("a store cut short while it is served: nothing wrong is answered, and a backup heals it", async () => {
  const park = await make_park({ enterprises: 1, catalog: roomy_catalog(), server: { now: monday_morning } });
  const [client] = await sign_in_all(park.server, park.accounts);
  assert.equal((await client.push(booking(0))).accepted, true);
  const copy = join(temp_folder(), "copy.db");
  run_cli_json("backup", copy, "--json", "--data", park.data);
  await park.server.stop();
  let server = await Server.start({ data: park.data, now: monday_morning });
  client.url = server.url;
  truncateSync(join(park.data, "yuanyue.db"), 8 * 4096);
  const pulled = await client.request("GET", `/api/v1/pull?${new URLSearchParams({ client: client.id, wait_ms: "0" })}`);
  assert.equal(pulled.status, 503, JSON.stringify(pulled.body));
  const pushed = await client.push_envelope(client.envelope(booking(1)));
  assert.equal(pushed.status, 503);
  assert.match(pushed.body.message, /corrupt/);
  assert.equal((await ready(server)).reason, "corrupt");
  await server.stop();
  run_cli_json("restore", copy, "--json", "--data", park.data);
  server = await Server.start({ data: park.data, now: monday_morning });
  const again = new Client(server.url);
  await again.sign_in(park.accounts[0].user, test_password);
  await again.pull();
  assert.equal(again.all("booking").length, 1);
  await server.stop();
});

test("the machine's clock jumps a year ahead and back: no timer fires, nobody is signed out, and it is told", async () => {
  const faults = new Faults();
  const park = await make_park({ enterprises: 1, server: { env: faults.env } });
  const { server } = park;
  const [client] = await sign_in_all(server, park.accounts);
  const time = async () => (await (await fetch(`${server.url}/api/v1/time`)).json()).server_now;
  const nudge = async () => client.push({ type: "decline_offer", offer: randomUUID() });
  const before = await time();
  const year = 365 * 86_400_000;

  faults.order("clock_ms", year);
  assert.ok((await time()) - before < 60_000, "the jump is not believed at once");
  const held = await ready(server);
  assert.deepEqual([held.status, held.clock], [200, "held_back"]);
  assert.ok(held.clock_ahead_ms < -year + 60_000);
  assert.equal((await client.request("GET", "/api/v1/session")).status, 200, "sessions do not end");
  await nudge();
  await nudge();
  assert.equal(events(server, "clock_differs").length, 1, "the log says it once");
  const doctor = JSON.parse(run_cli("doctor", "--json", "--data", park.data).stdout);
  assert.equal(doctor.checks.find((one) => one.check === "server").health, "warn");

  faults.order("clock_ms", -86_400_000);
  assert.ok((await time()) >= before, "time never goes back");
  assert.equal((await ready(server)).clock, "ahead");
  faults.order("clock_ms", 0);
  await nudge();
  assert.equal((await ready(server)).clock, "good");
  await server.stop();
});
