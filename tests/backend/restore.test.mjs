// Backups and going back to one: what operators see, and what replicas do when the server's history becomes another.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Client } from "./support/client.mjs";
import { block, demo_catalog, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli, run_cli_json, Server, temp_folder } from "./support/server.mjs";

const book = (date, booking = randomUUID()) =>
  ({ type: "book_appointment", booking, block: block("tax", date, "09:00") });

test("a backup while serving is checked, counted and told", async () => {
  const park = await make_park({ enterprises: 2, server: { now: monday_morning } });
  const [client] = await sign_in_all(park.server, park.accounts);
  assert.equal((await client.push(book("2026-12-01"))).accepted, true);
  const folder = temp_folder();
  const report = run_cli_json("backup", join(folder, "copy.db"), "--json", "--data", park.data);
  assert.equal(report.rows.booking, 1);
  assert.equal(report.rows.enterprise, 2);
  const ledger = run_cli_json("ledger", "verify", "--json", "--data", park.data);
  assert.equal(report.ledger_entries, ledger.entries);
  assert.equal(report.ledger_hash, ledger.last_hash);
  assert.ok(report.bytes > 0);
  assert.deepEqual(readdirSync(folder), ["copy.db"]);
  const plain = run_cli("backup", join(folder, "second.db"), "--data", park.data);
  assert.match(plain.stdout, /Saved and checked .*ledger of \d+ entries intact.*2 enterprise/);
  await park.server.stop();
});

test("a restored server: replicas reset, keep what they have not sent, and nothing is applied twice", async () => {
  const catalog = demo_catalog();
  for (const service of catalog.services) service.policy.max_open = 10;
  const park = await make_park({ enterprises: 1, catalog, server: { now: monday_morning } });
  const [client] = await sign_in_all(park.server, park.accounts);
  assert.equal((await client.push(book("2026-12-01"))).accepted, true);
  const copy = join(temp_folder(), "copy.db");
  run_cli_json("backup", copy, "--json", "--data", park.data);
  const later = client.envelope(book("2026-12-02"));
  assert.equal((await client.push_envelope(later)).body.results[0].accepted, true);
  await client.pull();
  assert.equal(client.all("booking").length, 2);

  const refused = run_cli("restore", copy, "--data", park.data);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^yuanyue: A process serves the data folder .*\.\n$/);
  await park.server.stop();
  const restored = run_cli_json("restore", copy, "--json", "--data", park.data);
  assert.equal(restored.rows.booking, 1);
  assert.ok(existsSync(join(restored.kept_in, "yuanyue.db")), "what was there is kept");
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", restored.kept_in).ok, true);

  const server = await Server.start({ data: park.data, now: monday_morning });
  client.url = server.url;
  assert.equal((await client.request("GET", "/api/v1/session")).status, 204, "sessions are not brought back");
  await client.sign_in(park.accounts[0].user, test_password);
  const body = await client.pull();
  assert.equal(body.reset, true, "the cookie is of another history");
  assert.equal(client.all("booking").length, 1);
  // The client takes what the server has forgotten for a gap, numbers anew and sends the same command again.
  const gap = client.envelope(book("2026-12-03"));
  assert.equal((await client.push_envelope(gap)).body.code, "sequence_gap");
  client.id = randomUUID();
  for (const [i, envelope] of [later, gap].entries()) {
    Object.assign(envelope, { client: client.id });
    envelope.commands[0].seq = i + 1;
    for (let again = 0; again < 2; ++again) {
      assert.equal((await client.push_envelope(envelope)).body.results[0].accepted, true);
    }
  }
  await client.pull();
  assert.equal(client.all("booking").length, 3);
  await server.stop();
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", park.data).ok, true);
});

test("what is no backup is refused in one sentence and changes nothing", async () => {
  const park = await make_park({ enterprises: 1 });
  await park.server.stop();
  const before = run_cli_json("ledger", "verify", "--json", "--data", park.data);
  const rubbish = join(temp_folder(), "rubbish.db");
  writeFileSync(rubbish, "no database, but as long as one".repeat(300));
  for (const file of [rubbish, "no-such-file.db", park.data]) {
    const run = run_cli("restore", file, "--data", park.data);
    assert.equal(run.code, 1, file);
    assert.match(run.stderr, /^yuanyue: The file .* is not restored: .*\.\n$/);
  }
  assert.deepEqual(run_cli_json("ledger", "verify", "--json", "--data", park.data), before);
  assert.ok(!readdirSync(park.data).some((name) => name.startsWith("replaced-")));
});

// A backup of a park, after which a password was replaced, a user disabled, and another made.
async function park_gone_on() {
  const park = await make_park({ enterprises: 3 });
  const clients = await sign_in_all(park.server, park.accounts);
  run_cli("user", "disable", park.accounts[2].user, "--data", park.data);
  const copy = join(temp_folder(), "copy.db");
  run_cli_json("backup", copy, "--json", "--data", park.data);
  const [leaked, leaver] = park.accounts;
  leaked.new_password = run_cli_json("user", "reset-password", leaked.user, "--json", "--data", park.data).password;
  run_cli("user", "disable", leaver.user, "--data", park.data);
  run_cli_json("user", "add", "newcomer", "--role", "administrator", "--json", "--data", park.data);
  await park.server.stop();
  const sign_in = async (server, account, password) =>
    (await new Client(server.url).sign_in(account.user, password)).status;
  return { ...park, clients, copy, leaked, leaver, sign_in };
}

test("going back to a backup revives no replaced password and no disabled user, and says so", async () => {
  const { data, copy, leaked, leaver, sign_in } = await park_gone_on();
  const restored = run_cli_json("restore", copy, "--json", "--data", data);
  assert.deepEqual(restored.rights, { of: "replaced", passwords_differ: [leaked.user], disabled_since: [leaver.user],
    enabled_since: [], made_since: ["newcomer"], unreadable: "" });
  const verified = run_cli_json("ledger", "verify", "--json", "--data", data);
  assert.equal(verified.ok, true);
  assert.equal(verified.last_hash, restored.ledger_hash);
  const server = await Server.start({ data });
  assert.equal(await sign_in(server, leaked, test_password), 401, "the replaced password is dead");
  assert.equal(await sign_in(server, leaked, leaked.new_password), 200);
  assert.equal(await sign_in(server, leaver, test_password), 401, "the disabled user stays out");
  await server.stop();
});

test("going back to a backup with its rights: the old ones hold again, and it is told whose", async () => {
  const { data, copy, leaked, leaver, sign_in } = await park_gone_on();
  const run = run_cli("restore", copy, "--rights", "backup", "--data", data);
  assert.equal(run.code, 0);
  assert.match(run.stdout, new RegExp(`old password again: ${leaked.user}\\.`));
  assert.match(run.stdout, new RegExp(`now enabled again: ${leaver.user}\\.`));
  const server = await Server.start({ data });
  assert.equal(await sign_in(server, leaked, test_password), 200);
  assert.equal(await sign_in(server, leaver, test_password), 200);
  await server.stop();
});

test("what was there cannot be read: the restore says what that means for passwords", async () => {
  const { data, copy } = await park_gone_on();
  writeFileSync(join(data, "yuanyue.db"), "no database, but as long as one".repeat(300));
  const run = run_cli("restore", copy, "--data", data);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /Beware: what was there before cannot be read/);
});
