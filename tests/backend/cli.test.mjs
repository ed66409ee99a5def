// The command line: calendar, enterprises, users, catalog, ledger, backup, doctor; alone and beside a serving process.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Client } from "./support/client.mjs";
import { block, credit_code, demo_catalog, make_park, sign_in_all, test_password } from "./support/park.mjs";
import { run_cli, run_cli_json, Server, temp_folder, top } from "./support/server.mjs";
import { run_sql } from "./support/sqlite.mjs";

const deadline = (date, counting, days = 3) => run_cli_json("calendar", "deadline", "--date", date,
  "--business-days", String(days), "--counting", counting, "--json");
const include = "include_appointment_day";
const exclude = "exclude_appointment_day";

test("deadlines as the park publishes them", () => {
  assert.equal(deadline("2026-11-25", include).last_day, "2026-11-23");
  assert.equal(deadline("2026-11-25", exclude).last_day, "2026-11-20");
  assert.equal(deadline("2026-10-08", include).last_day, "2026-09-29");
  const plain = run_cli("calendar", "deadline", "--date", "2026-11-25", "--business-days", "3", "--counting", include);
  assert.match(plain.stdout, /2026-11-23 \(Mon\), before 17:00/);
});

test("a deadline explains every day on its way", () => {
  const makeup = deadline("2026-10-12", include);
  assert.equal(makeup.last_day, "2026-10-09");
  assert.equal(makeup.closes_at, "2026-10-09T17:00:00+08:00");
  assert.equal(makeup.provisional, false);
  const steps = Object.fromEntries(makeup.steps.map((step) => [step.date, step]));
  assert.deepEqual(Object.keys(steps), ["2026-10-12", "2026-10-11", "2026-10-10", "2026-10-09"]);
  assert.equal(steps["2026-10-10"].counted, true);
  assert.equal(steps["2026-10-10"].reason, "makeup_workday");
  assert.equal(steps["2026-10-11"].counted, false);
  assert.equal(deadline("2027-01-05", include).provisional, true);
});

test("business days of a range, and one day with its reason", () => {
  const days = run_cli_json("calendar", "business-days", "--from", "2026-10-01", "--to", "2026-10-12", "--json");
  assert.deepEqual(days, ["2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"]);
  assert.equal(run_cli("calendar", "is-business-day", "2026-10-01").stdout, "no holiday 国庆节\n");
  assert.equal(run_cli("calendar", "is-business-day", "2026-11-23").stdout, "yes weekday\n");
  const day = run_cli_json("calendar", "is-business-day", "2026-10-10", "--json");
  assert.deepEqual([day.business_day, day.reason, day.name], [true, "makeup_workday", "国庆节"]);
});

test("wrong usage is 2, help is 0, and every command has help", () => {
  for (const args of [[], ["calendar"], ["calendar", "deadline"], ["no-such-command"],
                      ["calendar", "deadline", "--date", "2026-02-30"],
                      ["calendar", "deadline", "--date", "2026-11-25", "--counting", "sometimes"],
                      ["serve", "--now", "tomorrow"], ["serve", "--port", "99999"]]) {
    assert.equal(run_cli(...args).code, 2, args.join(" "));
  }
  for (const command of ["serve", "calendar deadline", "calendar is-business-day", "calendar business-days",
                         "calendar import", "calendar export", "enterprise import", "user add", "user reset-password",
                         "user disable", "user enable", "catalog import", "catalog export", "ledger verify", "backup", "restore", "doctor",
                         "play"]) {
    const help = run_cli(...command.split(" "), "--help");
    assert.equal(help.code, 0, command);
    assert.match(help.stdout, /Usage:/, command);
  }
});

test("enterprises: BOM, quotes, CRLF; a wrong check digit warns, malformed rows are refused by line", () => {
  const data = temp_folder();
  const file = join(data, "enterprises.csv");
  const bad_digit = credit_code(2).slice(0, 17) + (credit_code(2)[17] === "0" ? "1" : "0");
  writeFileSync(file, "\uFEFF企业名称,统一社会信用代码,标签,联系人\r\n" +
    `"引号""与逗号,公司",${credit_code(1).toLowerCase()},高新技术企业、重点招商项目,"王女士\t021"\r\n`.replace("\t", " ") +
    `校验位错公司,${bad_digit},,\r\n` +
    "\r\n" +
    `,${credit_code(3)},,\r\n` +
    "代码太短公司,12345,,\r\n" +
    `字段太多公司,${credit_code(4)},,,,\r\n` +
    `标签不明公司,${credit_code(5)},unicorn,\r\n` +
    `重复公司,${credit_code(1)},,\r\n` +
    `"没有结尾引号,${credit_code(6)},,\r\n` +
    ",,,\r\n");
  const run = run_cli("enterprise", "import", file, "--json", "--data", data);
  assert.equal(run.code, 1);
  const result = JSON.parse(run.stdout);
  assert.deepEqual(result.warnings.map((remark) => remark.line), [3]);
  assert.deepEqual(result.refused.map((remark) => remark.line), [5, 6, 7, 8, 9, 10]);
  assert.deepEqual(result.created.map((one) => one.name), ['引号"与逗号,公司', "校验位错公司"]);
  assert.match(result.created[0].password, /^([2-9a-z]{4}-){3}[2-9a-z]{4}$/);

  const again = run_cli("enterprise", "import", file, "--json", "--data", data);
  assert.equal(JSON.parse(again.stdout).created.length, 0, "accounts are made once");
  assert.equal(JSON.parse(again.stdout).updated.length, 2);
  const strict = run_cli("enterprise", "import", file, "--json", "--all-or-nothing", "--data", temp_folder());
  assert.equal(strict.code, 1);
  assert.equal(JSON.parse(strict.stdout).created.length, 0);
  const text = run_cli("enterprise", "import", file, "--data", data);
  assert.match(text.stderr, /enterprises\.csv:3: warning: .*check digit/);
  assert.match(text.stderr, /enterprises\.csv:6: refused: /);
});

test("a file that is no list of enterprises is refused as a whole", () => {
  const data = temp_folder();
  const file = join(data, "x.csv");
  for (const text of ["", "name\n", "name,credit_code,colour\n", "name,name,credit_code\n"]) {
    writeFileSync(file, text);
    assert.equal(run_cli("enterprise", "import", file, "--data", data).code, 1, JSON.stringify(text));
  }
  writeFileSync(file, Buffer.alloc(4 * 1024 * 1024 + 1, "x"));
  assert.match(run_cli("enterprise", "import", file, "--data", data).stderr, /exceeds 4 MiB/);
  assert.equal(run_cli("enterprise", "import", join(data, "missing.csv"), "--data", data).code, 1);
});

test("users: added with a first password, refused with a sentence", async () => {
  const park = await make_park({ enterprises: 1 });
  const added = run_cli_json("user", "add", "clerk", "--enterprise", credit_code(0), "--display-name", "王丽华",
    "--json", "--data", park.data);
  const client = new Client(park.server.url);
  assert.equal((await client.sign_in("clerk", added.password)).body.must_change_password, true);
  assert.equal(client.user.display_name, "王丽华");
  const refusals = [
    ["user", "add", "clerk", "--enterprise", credit_code(0)],
    ["user", "add", "Clerk", "--enterprise", credit_code(0)],
    ["user", "add", "x", "--role", "administrator"],
    ["user", "add", "nobody"],
    ["user", "add", "nobody", "--enterprise", credit_code(9)],
    ["user", "disable", "nobody"],
    ["user", "reset-password", "nobody"],
  ];
  for (const args of refusals) {
    const run = run_cli(...args, "--data", park.data);
    assert.equal(run.code, 1, args.join(" "));
    assert.match(run.stderr, /^yuanyue: [A-Z].*\.\n$/, args.join(" "));
  }
  await park.server.stop();
});

test("the catalog comes out as it went in, and a wrong one changes nothing", () => {
  const data = temp_folder();
  const source = join(top, "assets", "catalog", "lingang.json");
  assert.deepEqual(run_cli_json("catalog", "import", source, "--data", data),
    { parks: 1, halls: 1, departments: 3, services: 3 });
  const exported = run_cli_json("catalog", "export", "--data", data);
  const by_id = (list) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  const original = demo_catalog();
  for (const kind of ["parks", "halls", "departments", "services"]) {
    assert.deepEqual(exported[kind], by_id(original[kind]));
  }
  const wrong = join(data, "wrong.json");
  for (const change of [(c) => (c.services[0].hall = "nowhere"), (c) => (c.services[0].colour = "red"),
                        (c) => (c.services[0].weekly[0].span.end = "08:00"), (c) => delete c.halls[0].phone]) {
    const catalog = demo_catalog();
    change(catalog);
    writeFileSync(wrong, JSON.stringify(catalog));
    assert.equal(run_cli("catalog", "import", wrong, "--data", data).code, 1);
  }
  assert.deepEqual(run_cli_json("catalog", "export", "--data", data), exported);
});

// A booking some days ahead, whatever day it is today.
async function book_ahead(client) {
  for (let days = 5; days < 25; ++days) {
    const date = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const command = { type: "book_appointment", booking: randomUUID(), block: block("tax", date, "09:00") };
    if ((await client.push(command)).accepted) return command;
  }
  throw new Error("no day could be booked");
}

test("an administrator is told before and after whom a change touches", async () => {
  const park = await make_park({ enterprises: 2 });
  const [client] = await sign_in_all(park.server, park.accounts);
  const booked = await book_ahead(client);
  const where = `tax ${booked.block.date} ${booked.block.start}`;
  const catalog = demo_catalog();
  catalog.halls[0].schedule.closures.push({ date: booked.block.date, reason: "台风" });
  catalog.halls[0].schedule.closures.sort((a, b) => (a.date < b.date ? -1 : 1));
  const file = join(park.data, "closed.json");
  writeFileSync(file, JSON.stringify(catalog));
  const preview = run_cli("catalog", "import", file, "--preview", "--data", park.data);
  assert.equal(preview.code, 0, preview.stderr);
  assert.match(preview.stderr, /^1 booking must move/);
  const touched = JSON.parse(preview.stdout).touched;
  assert.deepEqual(touched.must_move.map((row) => [row.enterprise, row.block]), [[client.enterprise.name, where]]);
  await client.pull();
  assert.equal(client.all("booking")[0].needs_relocation, false, "a preview changes nothing");
  assert.deepEqual(run_cli_json("catalog", "import", file, "--data", park.data).touched, touched);
  await client.pull();
  assert.equal(client.all("booking")[0].needs_relocation, true);

  const account = park.accounts[0].user;
  const cut_off = run_cli("user", "disable", account, "--preview", "--json", "--data", park.data);
  assert.deepEqual(JSON.parse(cut_off.stdout).touched.cut_off.map((row) => row.enterprise), [client.enterprise.name]);
  assert.equal((await client.request("GET", "/api/v1/session")).status, 200, "a preview disables nobody");
  const by_code = run_cli("user", "disable", client.enterprise.credit_code, "--preview", "--json", "--data", park.data);
  assert.equal(by_code.stdout, cut_off.stdout, "a name means what it means to the operation");
  const nobody = run_cli("user", "disable", "nobody", "--preview", "--data", park.data);
  assert.deepEqual([nobody.code, nobody.stdout], [1, ""]);
  assert.match(nobody.stderr, /no user nobody/);
  const disabled = run_cli("user", "disable", account, "--data", park.data);
  assert.match(disabled.stderr, /^1 enterprise holds seats or waits/);
  await park.server.stop();
});

test("a calendar year is imported while the server runs", async () => {
  const park = await make_park({ enterprises: 1 });
  const year = { source: "test", years: { 2027: {
    off: [{ date: "2027-01-01", name: "元旦" }, { date: "2027-01-04", name: "元旦" }], work: [] } } };
  const file = join(park.data, "2027.json");
  writeFileSync(file, JSON.stringify(year));
  const imported = run_cli_json("calendar", "import", file, "--force", "--data", park.data);
  assert.equal(imported.imported, true);
  assert.deepEqual(imported.years, [2027]);
  const after = run_cli_json("calendar", "deadline", "--date", "2027-01-05", "--business-days", "3", "--json",
    "--data", park.data, "--hall", "lingang-hall");
  assert.equal(after.provisional, false);
  assert.equal(after.last_day, "2026-12-30");
  const exported = run_cli_json("calendar", "export", "--data", park.data);
  assert.equal(exported.years["2027"].off.length, 2);
  writeFileSync(file, JSON.stringify({ years: { 2027: { off: [{ date: "2026-01-01", name: "x" }], work: [] } } }));
  const refused = run_cli("calendar", "import", file, "--data", park.data);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /date_outside_year at \/years\/2027\/off\/0\/date/);
  await park.server.stop();
});

test("a calendar year that lacks statutory holidays is refused with their names; a preview changes nothing", async () => {
  const park = await make_park({ enterprises: 1 });
  const known = () => run_cli_json("calendar", "export", "--data", park.data).years;
  const file = join(park.data, "2027.json");
  writeFileSync(file, JSON.stringify({ years: { 2027: { off: [{ date: "2027-01-01", name: "元旦" }], work: [] } } }));
  const refused = run_cli("calendar", "import", file, "--data", park.data);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /lacks \(2027\) 春节、清明节、劳动节 2027-05-01、.*国庆节 2027-10-03/);
  assert.match(refused.stderr, /--force/);
  assert.equal(known()["2027"], undefined);

  const preview = run_cli_json("calendar", "import", file, "--preview", "--data", park.data);
  assert.equal(preview.imported, false);
  assert.match(preview.missing["2027"], /国庆节/);
  const national_day = preview.days.find((day) => day.date === "2027-10-01");
  assert.deepEqual(national_day, { date: "2027-10-01", was: "holiday 国庆节", is: "weekday", bookings: 0 });
  for (const count of ["bookings_to_relocate", "bookings_kept", "deadlines_moved"]) assert.equal(preview[count], 0);
  assert.equal(known()["2027"], undefined);
  await park.server.stop();

  // Without a server the same holds, and a whole year needs no force.
  const whole = known()["2026"];
  const moved = { ...whole, off: whole.off.filter((day) => day.date !== "2026-10-07") };
  writeFileSync(file, JSON.stringify({ years: { 2026: moved } }));
  const done = run_cli_json("calendar", "import", file, "--data", park.data);
  assert.deepEqual([done.imported, done.years, done.waiting_for_a_new_time], [true, [2026], 0]);
  assert.equal(known()["2026"].off.length, moved.off.length);
});

test("the ledger verifies; an entry changed, cut out, cut off or added is found", async () => {
  const park = await make_park({ enterprises: 2 });
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", park.data).ok, true);
  await park.server.stop();
  const tampering = [
    ["UPDATE ledger SET json = replace(json, 'user_saved', 'user_shown') WHERE number = 25", 25],
    ["UPDATE ledger SET json = json || ' ' WHERE number = 22", 22],
    ["UPDATE ledger SET hash = previous_hash WHERE number = 21", 21],
    ["DELETE FROM ledger WHERE number = 20", 20],
    ["DELETE FROM ledger WHERE number = (SELECT max(number) FROM ledger)", 0],
    ["INSERT INTO ledger SELECT number + 1, revision, json, hash, hash, at_ms FROM ledger ORDER BY number DESC LIMIT 1", 0],
  ];
  for (const [sql, bad] of tampering) {
    const folder = temp_folder();
    const copy = join(folder, "yuanyue.db");
    assert.equal(run_cli("backup", copy, "--data", park.data).code, 0);
    run_sql(copy, sql);
    const run = run_cli("ledger", "verify", "--json", "--data", folder);
    const check = JSON.parse(run.stdout);
    assert.equal(run.code, 1, sql);
    if (bad > 0) assert.equal(check.first_bad, bad, sql);
    assert.equal(run_cli("doctor", "--data", folder).code, 1);
  }
});

test("a backup while serving is whole and opens", async () => {
  const park = await make_park({ enterprises: 3 });
  const folder = temp_folder();
  const copy = join(folder, "yuanyue.db");
  assert.equal(run_cli("backup", copy, "--data", park.data).code, 0);
  assert.equal(run_cli("backup", copy, "--data", park.data).code, 1, "an existing file is not overwritten");
  await park.server.stop();
  assert.equal(run_cli("ledger", "verify", "--data", folder).code, 0);
  const server = await Server.start({ data: folder });
  const client = new Client(server.url);
  await client.sign_in_first(park.accounts[0].user, park.accounts[0].password, test_password);
  await client.pull();
  assert.equal(client.all("service").length, 3);
  await server.stop();
});

test("one folder is served by one process; its socket and store are the owner's alone", async () => {
  const park = await make_park({ enterprises: 1 });
  const second = run_cli("serve", "--data", park.data, "--port", "0");
  assert.equal(second.code, 1);
  assert.match(second.stderr, /Another process already serves/);
  const socket = statSync(join(park.data, "admin.sock"));
  assert.equal(socket.mode & 0o777, 0o600);
  await park.server.stop();
  assert.equal(existsSync(join(park.data, "admin.sock")), false);
  assert.equal(run_cli("user", "add", "later", "--role", "administrator", "--data", park.data).code, 0);
});

test("doctor names what it checked, and fails where there is nothing", async () => {
  const park = await make_park({ enterprises: 1 });
  const report = JSON.parse(run_cli("doctor", "--json", "--data", park.data).stdout);
  const health = Object.fromEntries(report.checks.map((one) => [one.check, one.health]));
  assert.deepEqual(Object.keys(health).sort(),
    ["archive", "calendar", "clock", "disk", "first passwords", "folder", "ledger", "lock", "rows", "server", "store", "web"]);
  for (const check of ["archive", "ledger", "store", "rows", "lock", "server"]) assert.equal(health[check], "ok");
  await park.server.stop();
  assert.equal(run_cli("doctor", "--data", temp_folder()).code, 1);
  const broken = temp_folder();
  writeFileSync(join(broken, "yuanyue.db"), "this is no database, but long enough to be looked at".repeat(50));
  assert.equal(run_cli("doctor", "--data", broken).code, 1);
  assert.equal(run_cli("serve", "--data", broken, "--port", "0").code, 1);
});

test("the demonstration: prints its accounts, signs in, keeps its data", async () => {
  const server = await Server.start({ demo: true, now: "2026-11-23T09:00:00+08:00" });
  assert.match(server.output, /Demo accounts/);
  const client = new Client(server.url);
  assert.equal((await client.sign_in("lingang", "yuanyue-demo")).status, 200);
  await client.pull();
  assert.match(client.enterprise.name, /临港新能源动力电池系统/);
  const confirmed = client.all("booking").filter((row) => row.status === "confirmed");
  assert.equal(confirmed.length, 3);
  assert.ok(client.all("booking").some((row) => row.status === "ended"));
  assert.ok(client.all("notification").length > 0);
  await server.stop();
  const again = await Server.start({ data: server.data, demo: true, now: "2026-11-23T09:00:00+08:00" });
  client.url = again.url;
  const body = await client.pull();
  assert.equal(body.reset, false, "the same store");
  await again.stop();
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", server.data).ok, true);
  assert.ok(readFileSync(join(server.data, "yuanyue.db")).length > 0);
});

test("a catalog that names a thing twice, or is not UTF-8, is refused with what is wrong", async () => {
  const park = await make_park({ enterprises: 0 });
  const text = JSON.stringify(demo_catalog());
  const refused = (name, bytes) => {
    const file = join(park.data, name);
    writeFileSync(file, bytes);
    const run = run_cli("catalog", "import", file, "--data", park.data);
    assert.equal(run.code, 1, name);
    assert.equal(run.stdout, "");
    return run.stderr;
  };
  assert.match(refused("twice.json", text.replace('"parks"', '"parks":[],"parks"')), /parks is there twice/);
  const double = demo_catalog();
  double.services.push(double.services[0]);
  assert.match(refused("double.json", JSON.stringify(double)), /invalid.*services\[\d+\]\.id/);
  assert.match(refused("wide.json", Buffer.from("\ufeff" + text, "utf16le")), /UTF-16.*not UTF-8/);
  const folder = run_cli("catalog", "import", park.data, "--data", park.data);
  assert.equal(folder.code, 1);
  assert.match(folder.stderr, /cannot be read/);
  await park.server.stop();
});

test("a data folder behind a symbolic link works like any other", async () => {
  const real = temp_folder();
  const link = join(temp_folder(), "link");
  symlinkSync(real, link);
  const added = run_cli("user", "add", "boss", "--role", "administrator", "--data", link);
  assert.equal(added.code, 0, added.stderr);
  const server = await Server.start({ data: link });
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.equal(run_cli("user", "disable", "nobody", "--data", link).code, 1);
  assert.equal((await server.stop()).code, 0);
  const again = await Server.start({ data: link });  // with a log to go through
  await again.kill();
  const last = await Server.start({ data: link });
  assert.equal((await last.stop()).code, 0);
});
