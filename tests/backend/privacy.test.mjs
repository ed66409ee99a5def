// Erasing an enterprise or a person: all of it goes, also from the disk, or nothing; the ledger verifies; others lose nothing.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { block, credit_code, make_park, monday_morning, sign_in_all, test_password } from "./support/park.mjs";
import { binary, run_cli, run_cli_json, Server, temp_folder } from "./support/server.mjs";
import { query_sql } from "./support/sqlite.mjs";

const starts = ["09:00", "10:00"];
const illness = "张三突发阑尾炎";

// Each enterprise has a booking, and has cancelled another with a reason of its own.
async function lived_in_park(enterprises) {
  const park = await make_park({ enterprises, server: { now: monday_morning } });
  const clients = await sign_in_all(park.server, park.accounts);
  for (const [i, client] of clients.entries()) {
    const kept = randomUUID();
    assert.equal((await client.push({ type: "book_appointment", booking: kept, block: block("tax", "2026-12-01", starts[Math.floor(i / 3)]) })).accepted, true);
    const dropped = { type: "book_appointment", booking: randomUUID(), block: block("tax", "2026-12-02", "10:00") };
    assert.equal((await client.push(dropped)).accepted, true);
    const reason = `${illness} ${i}`;
    const cancelled = await client.push({ type: "cancel_booking", booking: dropped.booking, block: dropped.block, reason });
    assert.equal(cancelled.accepted, true);
    client.kept = kept;
    await client.pull();
  }
  return { ...park, clients };
}

const verify = (data) => run_cli_json("ledger", "verify", "--json", "--data", data);
const told_of = (whose, data) => run_cli_json("privacy", "export", whose, "--data", data);

// What is in the store's files as bytes.
function on_disk(data) {
  const files = ["yuanyue.db", "yuanyue.db-wal"].map((name) => join(data, name)).filter(existsSync);
  return Buffer.concat(files.map((file) => readFileSync(file)));
}

test("what is kept of an enterprise is told, then erased while serving, for good", async () => {
  const { server, data, clients } = await lived_in_park(3);
  const [alice, bob] = clients;
  const code = credit_code(0);
  const told = told_of(code, data);
  assert.equal(told.name, "企业 0 有限公司");
  assert.deepEqual(told.rows.map((row) => row.type).sort(), ["booking", "booking", "enterprise", "user"]);
  assert.ok(told.ledger.some((entry) => entry.note === `${illness} 0`));
  assert.equal(told.sessions.length, 1);
  assert.ok(told.sign_ins.some((one) => one.event === "signed_in"));
  assert.equal(told.results.length, 3);
  assert.doesNotMatch(JSON.stringify(told), /argon|token|企业 1/);

  const unknown = run_cli("privacy", "erase", "nobody-here", "--yes", "--data", data);
  assert.equal(unknown.code, 1);
  assert.equal(unknown.stderr, "yuanyue: There is no enterprise and no user nobody-here.\n");
  const ask = (line) => spawnSync(binary, ["privacy", "erase", code, "--data", data], { encoding: "utf8", input: line });
  const refused = ask("企业 1 有限公司\n");
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, /with its 1 accounts[^]*1 bookings[^]*Goes for good: 4 rows[^]*Type the name/);
  assert.match(refused.stderr, /Nothing was erased/);

  const before = verify(data);
  const erased = ask("企业 0 有限公司\n");
  assert.equal(erased.status, 0, erased.stderr);
  assert.match(erased.stdout, /Erased\.\n[^]*first-passwords-[^]*every backup/);
  assert.doesNotMatch(erased.stdout, /Traces/);
  for (const trace of [`${illness} 0`, "联系人 0", "企业 0", code, code.toLowerCase()]) {
    assert.equal(on_disk(data).includes(trace), false, `${trace} is left on the disk`);
  }
  const after = verify(data);
  assert.equal(after.ok, true, after.problem);
  assert.equal(after.entries, before.entries + 3, "a booking cancelled, an account and its enterprise erased");
  assert.equal(run_cli("privacy", "export", code, "--data", data).code, 1);

  const me = await alice.request("GET", "/api/v1/pull");
  assert.equal(me.status, 401, "its session has ended");
  assert.equal((await alice.sign_in(code, test_password)).status, 401);
  const pulled = await bob.pull();
  assert.equal(pulled.reset, true, "every replica begins anew");
  assert.equal(bob.all("booking").length, 2);
  assert.ok(bob.ledger.some((entry) => entry.note === `${illness} 1`), "others lose nothing");
  const seat = bob.all("block").find((row) => row.key.date === "2026-12-01" && row.key.start === "09:00");
  assert.equal(seat.booked, 2, "its seat is free");
  assert.equal((await bob.push({ type: "book_appointment", booking: randomUUID(), block: block("tax", "2026-12-03", "09:00") })).accepted, true);

  // The code is free for a new enterprise, of another id.
  const csv = join(temp_folder(), "again.csv");
  writeFileSync(csv, `name,credit_code\n新企业,${code}\n`);
  assert.equal(run_cli_json("enterprise", "import", csv, "--json", "--data", data).created.length, 1);
  assert.notEqual(told_of(code, data).owner, told.owner);
  await server.stop();
  assert.equal(verify(data).ok, true);
  const doctor = run_cli("doctor", "--data", data);
  assert.doesNotMatch(doctor.stdout, /erased/);
});

test("a person is erased without the enterprise, and the last administrator is not", async () => {
  const { server, data, clients } = await lived_in_park(2);
  run_cli_json("user", "add", "director", "--role", "administrator", "--json", "--data", data);
  const last = run_cli("privacy", "erase", "director", "--yes", "--data", data);
  assert.equal(last.code, 1);
  assert.match(last.stderr, /the last administrator/);
  run_cli_json("user", "add", "li-si", "--display-name", "李四", "--enterprise", credit_code(0), "--json", "--data", data);
  const answer = run_cli_json("privacy", "erase", "li-si", "--yes", "--json", "--data", data);
  assert.match(answer.owner, /^user:/);
  assert.equal(answer.swept, true);
  assert.equal(on_disk(data).includes("李四"), false);
  assert.equal(on_disk(data).includes("li-si"), false, "nor the name in the ledger");
  await clients[0].pull();
  assert.equal(clients[0].all("booking").length, 2);
  assert.ok(clients[0].ledger.some((entry) => entry.note === `${illness} 0`));
  await server.stop();
  // Nobody serves: the command opens the store by itself.
  assert.equal(run_cli_json("privacy", "erase", told_of(credit_code(1), data).owner, "--yes", "--json", "--data", data).swept, true);
  assert.equal(on_disk(data).includes(`${illness} 1`), false);
  assert.equal(verify(data).ok, true);
});

test("a restore says whom it brings back", async () => {
  const { server, data } = await lived_in_park(2);
  const copy = join(temp_folder(), "copy.db");
  run_cli_json("backup", copy, "--json", "--data", data);
  const { owner } = told_of(credit_code(0), data);
  run_cli_json("privacy", "erase", credit_code(0), "--yes", "--json", "--data", data);
  await server.stop();
  const plain = run_cli("restore", copy, "--data", data);
  assert.equal(plain.code, 0, plain.stderr);
  assert.match(plain.stdout, new RegExp(`back again with it[^]*yuanyue privacy erase ${owner} --data ${data}   # 企业 0 有限公司`));
  const erased = run_cli_json("privacy", "erase", owner, "--yes", "--json", "--data", data);
  assert.ok(erased.kept_copies.some((path) => path.includes("replaced-")), "what was there before holds it too");
  const again = run_cli_json("restore", copy, "--json", "--data", data);
  assert.deepEqual(again.erased_since, { owners: [{ name: "企业 0 有限公司", owner }], unreadable: "" });
});

test("kill -9 while somebody is erased: all of it or nothing", async () => {
  const enterprises = 6;
  const park = await lived_in_park(enterprises);
  let { server } = park;
  const { data } = park;
  // How long one takes that nobody disturbs, which is also out of the way then.
  const began = performance.now();
  run_cli_json("privacy", "erase", credit_code(0), "--yes", "--json", "--data", data);
  let wait_ms = 0.6 * (performance.now() - began);
  let gone = 0;
  for (let i = 1; i < enterprises; ++i) {
    const code = credit_code(i);
    const whole = told_of(code, data);
    const erasing = spawn(binary, ["privacy", "erase", code, "--yes", "--json", "--data", data], { stdio: "ignore" });
    const ended = new Promise((resolve) => erasing.on("exit", resolve));
    await new Promise((resolve) => setTimeout(resolve, wait_ms));
    await server.kill();
    await ended;
    server = await Server.start({ data, now: monday_morning });
    const now = run_cli("privacy", "export", code, "--data", data);
    // The next kill comes later, or earlier, than one that met nothing, or was too late.
    wait_ms *= now.code === 0 ? 1.3 : 0.8;
    if (now.code === 0) {
      const told = JSON.parse(now.stdout);
      for (const list of ["rows", "archive", "accounts", "sessions", "sign_ins", "clients", "results", "ledger"]) {
        assert.deepEqual(told[list], whole[list], list);
      }
    } else {
      gone += 1;
      // The server that starts sweeps what the one before it owed.
      for (let wait = 0; wait < 100 && query_sql(join(data, "yuanyue.db"), "SELECT value FROM meta WHERE name = 'sweep_owed'") !== "0"; ++wait) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      for (const trace of [`${illness} ${i}`, `企业 ${i}`, code]) assert.equal(on_disk(data).includes(trace), false, trace);
    }
    assert.equal(verify(data).ok, true);
  }
  await server.stop();
  assert.ok(gone > 0, "nobody was erased before a kill: the sweep that is owed was not tried");
});

// As the program of schema 6 wrote it: notes in the chain, from 64 zeros on.
const back_to_schema_6 = `
import hashlib, sqlite3, sys
with sqlite3.connect(sys.argv[1]) as c:
    last = "0" * 64
    notes = dict(c.execute("SELECT number, note FROM ledger_details"))
    for number, json in c.execute("SELECT number, json FROM ledger ORDER BY number").fetchall():
        if number in notes:
            begin = json.index('"note":"') + 8
            json = json[:begin] + notes[number] + json[begin + 64:]
        hash = hashlib.sha256((last + "\\n" + json).encode()).hexdigest()
        c.execute("UPDATE ledger SET json = ?, previous_hash = ?, hash = ? WHERE number = ?", (json, last, hash, number))
        last = hash
    c.execute("UPDATE meta SET value = ? WHERE name = 'ledger_hash'", (last,))
    for sql in ["DROP TABLE ledger_details", "DROP TABLE details_owners", "DROP TABLE ledger_before", "DROP INDEX archive_by_owner",
                "ALTER TABLE archive DROP COLUMN owner", "DELETE FROM meta WHERE name IN ('ledger_start', 'sweep_owed')",
                "PRAGMA user_version = 6"]:
        c.execute(sql)
`;

test("a store of schema 6 is brought along, and its printed hashes are found", async () => {
  const park = await lived_in_park(2);
  await park.server.stop();
  const path = join(park.data, "yuanyue.db");
  const run = spawnSync("python3", ["-c", back_to_schema_6, path], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const old = verify(park.data);
  assert.equal(old.ok, true, "it is verified as it is");
  assert.equal(old.last_hash, query_sql(path, "SELECT value FROM meta WHERE name = 'ledger_hash'"));
  const printed = query_sql(path, "SELECT hash FROM ledger WHERE number = 3");
  assert.equal(printed.length, createHash("sha256").digest("hex").length);
  assert.ok(on_disk(park.data).includes(`${illness} 0`));

  const server = await Server.start({ data: park.data, now: monday_morning });
  assert.ok(existsSync(`${path}.schema-6`), "a copy is kept");
  const now = verify(park.data);
  assert.equal(now.ok, true, now.problem);
  assert.equal(now.entries, old.entries);
  const find = (hash) => run_cli_json("ledger", "verify", "--find", hash, "--json", "--data", park.data).entry;
  assert.equal(find(printed), 3);
  assert.equal(find(old.last_hash), old.entries);
  assert.equal(find(now.last_hash), old.entries);
  assert.equal(run_cli("ledger", "verify", "--find", "0".repeat(64), "--data", park.data).code, 1);
  const { clients } = park;
  for (const client of clients) client.url = server.url;
  clients[0].cookie = "";
  await clients[0].pull();
  assert.ok(clients[0].ledger.some((entry) => entry.note === `${illness} 0`), "notes are read as before");
  const erased = run_cli_json("privacy", "erase", credit_code(0), "--yes", "--json", "--data", park.data);
  assert.ok(erased.kept_copies.includes(`${path}.schema-6`), "the copy holds it still, and is named");
  assert.equal(on_disk(park.data).includes(`${illness} 0`), false);
  assert.equal(verify(park.data).ok, true);
  await server.stop();
});
