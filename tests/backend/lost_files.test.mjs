// Somebody takes the store's files away, or puts others in their place, while they are served.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { copyFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { block, demo_catalog, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli, run_cli_json, Server, temp_folder } from "./support/server.mjs";

const book = (date) => ({ type: "book_appointment", booking: randomUUID(), block: block("tax", date, "09:00") });

async function served_park() {
  const catalog = demo_catalog();
  for (const service of catalog.services) service.policy.max_open = 10;
  const park = await make_park({ enterprises: 1, catalog, server: { now: monday_morning } });
  const [client] = await sign_in_all(park.server, park.accounts);
  const first = book("2026-12-01");
  assert.equal((await client.push(first)).accepted, true);
  await client.pull();
  return { ...park, client, first, store: join(park.data, "yuanyue.db") };
}

// What everybody is told: the page, /readyz, doctor, the log.
async function expect_told(park) {
  const waiting = park.client.request("GET", `/api/v1/pull?client=${park.client.id}&cookie=${park.client.cookie}&wait_ms=300`);
  const envelope = park.client.envelope(book("2026-12-02"));
  const refused = await park.client.push_envelope(envelope);
  assert.equal(refused.status, 503);
  assert.equal(refused.body.code, "unavailable");
  assert.match(refused.body.message, /replaced/);
  assert.ok(Number(refused.headers.get("retry-after")) >= 1);
  assert.ok([200, 503].includes((await waiting).status));
  const pull = await park.client.request("GET", `/api/v1/pull?client=${park.client.id}&cookie=${park.client.cookie}`);
  assert.equal(pull.status, 503, "nothing is answered from other files");
  const ready = await fetch(`${park.server.url}/readyz`);
  assert.equal(ready.status, 503);
  assert.equal((await ready.json()).reason, "replaced");
  const doctor = run_cli("doctor", "--json", "--data", park.data);
  assert.equal(doctor.code, 1);
  const check = JSON.parse(doctor.stdout).checks.find((one) => one.check === "server");
  assert.equal(check.health, "fail");
  assert.match(check.message, /it cannot save \(replaced\)/);
  assert.ok(park.server.log_lines().some((line) => line.event === "commit_failed" && line.reason === "replaced"));
  return envelope;
}

for (const how of ["SIGTERM", "SIGKILL"]) {
  test(`a log deleted under the server: told at once; after ${how} and a start everything acknowledged is there`, async () => {
    const park = await served_park();
    rmSync(`${park.store}-wal`);
    const envelope = await expect_told(park);
    await (how === "SIGTERM" ? park.server.stop() : park.server.kill());
    const server = await Server.start({ data: park.data, now: monday_morning });
    park.client.url = server.url;
    const again = await park.client.push_envelope(envelope);
    assert.equal(again.status, 200);
    assert.equal(again.body.results[0].accepted, true);
    park.client.cookie = "";
    await park.client.pull();
    assert.equal(park.client.all("booking").length, 2);
    assert.equal(run_cli_json("ledger", "verify", "--json", "--data", park.data).ok, true);
    await server.stop();
  });
}

test("a database replaced under the server: told before the next commit; backup and restore bring everything back", async () => {
  const park = await served_park();
  const old = join(temp_folder(), "old.db");
  run_cli_json("backup", old, "--json", "--data", park.data);
  const second = book("2026-12-03");
  assert.equal((await park.client.push(second)).accepted, true);
  copyFileSync(old, `${park.store}.new`);
  renameSync(`${park.store}.new`, park.store);
  // Nobody has written since: the questions alone find it.
  assert.equal((await (await fetch(`${park.server.url}/readyz`)).json()).reason, "replaced");
  const envelope = await expect_told(park);

  const saved = join(temp_folder(), "saved.db");
  const report = run_cli_json("backup", saved, "--json", "--data", park.data);
  assert.equal(report.rows.booking, 2, "what the server has open, not what lies in the folder");
  assert.deepEqual(await park.server.stop(), { code: 0, signal: null });
  assert.equal(run_cli("restore", saved, "--data", park.data).code, 0);
  const server = await Server.start({ data: park.data, now: monday_morning });
  park.client.url = server.url;
  await park.client.sign_in(park.accounts[0].user, test_password);
  const again = await park.client.push_envelope(envelope);
  assert.equal(again.body.results[0].accepted, true);
  park.client.cookie = "";
  await park.client.pull();
  assert.deepEqual(park.client.all("booking").map((row) => row.block.date).sort(),
    ["2026-12-01", "2026-12-02", "2026-12-03"]);
  await server.stop();
});

test("a folder emptied under the server: a backup is the whole store", async () => {
  const park = await served_park();
  for (const part of ["", "-wal", "-shm"]) rmSync(park.store + part);
  await expect_told(park);
  const saved = join(temp_folder(), "saved.db");
  assert.equal(run_cli_json("backup", saved, "--json", "--data", park.data).rows.booking, 1);
  await park.server.stop();
  assert.equal(run_cli("restore", saved, "--data", park.data).code, 0);
  const server = await Server.start({ data: park.data, now: monday_morning });
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  await server.stop();
});
