// Accounts and enterprises as an administrator's day brings them: names that pass on, the last administrator, odd files,
// an import that is killed, what terminals are shown.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Client } from "./support/client.mjs";
import { errno, Faults } from "./support/faults.mjs";
import { credit_code, make_park, test_password } from "./support/park.mjs";
import { binary, run_cli, run_cli_json, Server, temp_folder } from "./support/server.mjs";
import { run_sql } from "./support/sqlite.mjs";

const version_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const password_files = (data) => readdirSync(data).filter((name) => name.startsWith("first-passwords-"));

async function sign_in_administrator(park, name = "boss") {
  const account = run_cli_json("user", "add", name, "--role", "administrator", "--json", "--data", park.data);
  const client = new Client(park.server.url);
  await client.sign_in_first(name, account.password, test_password);
  await client.pull();
  return client;
}

const without_type = ({ type, ...row }) => row;
const user_named = (client, name) => without_type(client.all("user").find((row) => row.name === name));

test("two sign-in names swapped in one push: both sign in under their new name, also after a restart", async () => {
  const park = await make_park({ enterprises: 2 });
  const passwords = {};
  for (const [i, name] of ["first", "second"].entries()) {
    passwords[name] = run_cli_json("user", "add", name, "--enterprise", credit_code(i), "--json", "--data", park.data).password;
  }
  const admin = await sign_in_administrator(park);
  const first = user_named(admin, "first");
  const second = user_named(admin, "second");
  const rename = (user, name) => ({ type: "save_user", user: { ...user, name } });
  const answer = await admin.push_envelope(admin.envelope(
    rename(first, "between"), rename(second, "first"), rename(first, "second")));
  assert.deepEqual(answer.body.results.map((result) => result.accepted), [true, true, true]);
  const expect_swapped = async (url) => {
    for (const [name, password, id] of [["first", passwords.second, second.id], ["SECOND", passwords.first, first.id]]) {
      const client = new Client(url);
      assert.equal((await client.sign_in(name, password)).status, 200, name);
      assert.equal(client.user.id, id);
    }
  };
  await expect_swapped(park.server.url);
  await park.server.stop();
  const again = await Server.start({ data: park.data });
  await expect_swapped(again.url);
  await again.stop();
});

test("another enterprise's credit code is nobody's sign-in name", async () => {
  const park = await make_park({ enterprises: 2 });
  const admin = await sign_in_administrator(park);
  const member = user_named(admin, credit_code(0).toLowerCase());
  const refused = await admin.push({ type: "save_user", user: { ...member, name: credit_code(5).toLowerCase() } });
  assert.deepEqual([refused.accepted, refused.rejection.code, refused.rejection.field], [false, "invalid", "user.name"]);
  assert.equal(run_cli("user", "add", credit_code(5).toLowerCase(), "--role", "administrator", "--data", park.data).code, 1);
  await park.server.stop();
});

test("an import in which one row clashes: that line is refused, the others come in", async () => {
  const park = await make_park({ enterprises: 1 });
  run_cli_json("user", "add", "clerk", "--enterprise", credit_code(0), "--json", "--data", park.data);
  await park.server.stop();
  // As a store of before may have it: a user with the name that a new enterprise's account would get.
  const taken = credit_code(7).toLowerCase();
  run_sql(join(park.data, "yuanyue.db"), `UPDATE rows SET json = replace(json, '"name":"clerk"', '"name":"${taken}"')`);
  const file = join(park.data, "more.csv");
  writeFileSync(file, `name,credit_code\n企业甲,${credit_code(6)}\n企业乙,${credit_code(7)}\n企业丙,12345\n企业丁,${credit_code(8)}\n`);
  const strict = run_cli("enterprise", "import", file, "--json", "--all-or-nothing", "--data", park.data);
  assert.equal(strict.code, 1);
  assert.equal(JSON.parse(strict.stdout).created.length, 0);
  const run = run_cli("enterprise", "import", file, "--json", "--data", park.data);
  assert.equal(run.code, 1);
  const result = JSON.parse(run.stdout);
  assert.deepEqual(result.created.map((one) => one.name), ["企业甲", "企业丁"]);
  assert.deepEqual(result.refused.map((one) => one.line), [3, 4]);
  assert.match(result.refused[0].message, new RegExp(`${taken} is taken`));
  const only_clash = join(park.data, "clash.csv");
  writeFileSync(only_clash, `name,credit_code\n企业戊,${credit_code(9)}\n企业乙,${credit_code(7)}\n`);
  const all = run_cli("enterprise", "import", only_clash, "--json", "--all-or-nothing", "--data", park.data);
  assert.equal(all.code, 1);
  assert.deepEqual([JSON.parse(all.stdout).created.length, JSON.parse(all.stdout).refused[0].line], [0, 3]);
});

test("the last administrator who can sign in is not disabled, by nobody", async () => {
  const park = await make_park({ enterprises: 1 });
  const admin = await sign_in_administrator(park);
  const refused = await admin.push({ type: "save_user", user: { ...user_named(admin, "boss"), disabled: true } });
  assert.equal(refused.rejection.code, "last_administrator");
  const console_run = run_cli("user", "disable", "boss", "--data", park.data);
  assert.equal(console_run.code, 1);
  assert.match(console_run.stderr, /last administrator who can sign in; add or enable another/);
  assert.equal(run_cli("user", "add", "deputy", "--role", "administrator", "--data", park.data).code, 0);
  assert.equal(run_cli("user", "disable", "boss", "--data", park.data).code, 0);
  assert.equal(run_cli("user", "disable", "deputy", "--data", park.data).code, 1);
  await park.server.stop();
});

test("a disabled user gets no password, and signs in again once enabled", async () => {
  const park = await make_park({ enterprises: 1 });
  const [{ user, password }] = park.accounts;
  assert.equal(run_cli("user", "disable", user, "--data", park.data).code, 0);
  const client = new Client(park.server.url);
  assert.equal((await client.sign_in(user, password)).status, 401);
  const reset = run_cli("user", "reset-password", user, "--data", park.data);
  assert.equal(reset.code, 1);
  assert.match(reset.stderr, new RegExp(`disabled.*yuanyue user enable ${user}`));
  assert.equal(reset.stdout, "");
  const enabled = run_cli("user", "enable", user, "--data", park.data);
  assert.equal(enabled.code, 0);
  assert.equal(enabled.stdout, `User ${user} is enabled.\n`);
  assert.equal((await client.sign_in(user, password)).status, 200);
  await park.server.stop();
});

test("an old display name with hidden characters keeps nobody from being disabled, enabled or given a password", async () => {
  const park = await make_park({ enterprises: 1 });
  const [{ user }] = park.accounts;
  let server = park.server;
  for (const operation of ["disable", "enable", "reset-password"]) {
    await server.stop();
    run_sql(join(park.data, "yuanyue.db"),
      `UPDATE rows SET json = replace(json, '"display_name":"', '"display_name":"' || char(8238)) WHERE kind = 'user'`);
    server = await Server.start({ data: park.data });
    const done = run_cli("user", operation, user, "--data", park.data);
    assert.equal(done.code, 0, `${operation}: ${done.stderr}`);
  }
  await server.stop();
});

test("first passwords are in a file of their own before the accounts exist: a killed import loses none", async () => {
  const park = await make_park({ enterprises: 0 });
  assert.deepEqual(password_files(park.data), []);
  const file = join(park.data, "many.csv");
  const codes = Array.from({ length: 12 }, (_, i) => credit_code(i));
  writeFileSync(file, "name,credit_code\n" + codes.map((code, i) => `=企业 ${i},${code}\n`).join(""));
  const run = spawn(binary, ["enterprise", "import", file, "--data", park.data], { stdio: "ignore" });
  const ended = new Promise((resolve) => run.on("exit", (code, signal) => resolve(signal)));
  while (password_files(park.data).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  run.kill("SIGKILL");
  await ended;
  const path = join(park.data, password_files(park.data)[0]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const lines = readFileSync(path, "utf8").replace("\uFEFF", "").trim().split("\r\n").map((line) => line.split(","));
  assert.deepEqual(lines[0], ["user", "password", "name"]);
  assert.equal(lines.length, codes.length + 1);
  assert.equal(lines[1][2], `"'=企业 0"`, "no formula");
  for (const [user, password] of [lines[1], lines.at(-1)]) {
    // The serving process goes on with what it was told.
    let answer;
    for (let tries = 0; tries < 100; ++tries) {
      answer = await new Client(park.server.url).sign_in(user, password);
      if (answer.status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(answer.status, 200, user);
  }
  const report = JSON.parse(run_cli("doctor", "--json", "--data", park.data).stdout);
  assert.equal(report.checks.find((one) => one.check === "first passwords").health, "warn");
  const again = run_cli_json("enterprise", "import", file, "--json", "--data", park.data);
  assert.equal(again.passwords_file, undefined, "nobody is new");
  assert.equal(password_files(park.data).length, 1);
  await park.server.stop();
});

test("an import that cannot be saved leaves no passwords behind", async () => {
  const faults = new Faults();
  const park = await make_park({ enterprises: 0, server: { env: faults.env } });
  const file = join(park.data, "one.csv");
  writeFileSync(file, `name,credit_code\n企业,${credit_code(1)}\n`);
  // The file of passwords comes first: without it nobody asks the store.
  for (const [order, sentence] of [["write_error", /store could not be written; nothing has changed/],
    ["flush_error", /first passwords cannot be written.*nothing has changed/]]) {
    faults.order(order, errno.no_space);
    const run = run_cli("enterprise", "import", file, "--data", park.data);
    assert.equal(run.code, 1, order);
    assert.match(run.stderr, sentence);
    assert.deepEqual(password_files(park.data), [], order);
    faults.order(order, 0);
  }
  assert.ok(faults.refused() > 0);
  await park.server.stop();
});

test("every id that the console makes is of version 7", async () => {
  const park = await make_park({ enterprises: 1 });
  run_cli_json("user", "add", "clerk", "--enterprise", credit_code(0), "--json", "--data", park.data);
  const admin = await sign_in_administrator(park);
  const ids = [...admin.all("user"), ...admin.all("enterprise")].map((row) => row.id);
  assert.equal(ids.length, 4);
  for (const id of ids) assert.match(id, version_7);
  await park.server.stop();
});

test("what nobody sees is refused in names, from the console and over HTTP, and never sent to a terminal", async () => {
  const park = await make_park({ enterprises: 1 });
  const file = join(park.data, "\u009b31m.csv");
  writeFileSync(file, `name,credit_code,tags\n公司\u202e甲,${credit_code(1)},\n\u3000,${credit_code(2)},\n公司丙,${credit_code(3)},\u001b[2J\n`);
  const run = run_cli("enterprise", "import", file, "--data", park.data);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /\\u009B31m\.csv:2: refused: The name has a character that cannot be seen: U\+202E\./);
  assert.match(run.stderr, /:3: refused: The name is missing\./);
  assert.match(run.stderr, /:4: refused: Unknown tag: \\u001B\[2J\./);
  const raw = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/;
  for (const args of [["user", "disable", "\u001b]0;x\u0007"], ["enterprise", "import", "\u202e.csv"], ["no\u009bsuch"],
                      ["user", "add", "clerk", "--enterprise", credit_code(0), "--display-name", "王\u200b丽华"]]) {
    const each = run_cli(...args, ...(args[0].startsWith("no") ? [] : ["--data", park.data]));
    assert.notEqual(each.code, 0);
    assert.doesNotMatch(each.stderr + each.stdout, raw, JSON.stringify(args));
  }
  assert.doesNotMatch(run.stderr + run.stdout, raw);
  const admin = await sign_in_administrator(park);
  const enterprise = without_type(admin.all("enterprise")[0]);
  for (const name of ["甲\u202e乙", "\u200b", "\u3000", "甲\u0085"]) {
    const answer = await admin.push_envelope({ ...admin.envelope(), commands: [
      { seq: 1, id: "0198c0de-0000-7000-8000-000000000001", command: { type: "save_enterprise", enterprise: { ...enterprise, name } } }] });
    assert.deepEqual([answer.status, answer.body.code], [400, "malformed"], JSON.stringify(name));
    assert.match(answer.body.field, /enterprise\.name$/);
  }
  await park.server.stop();
});

test("files as spreadsheets write them: GBK is named, empty rows are passed over, a stray quote costs its line", () => {
  const data = temp_folder();
  const file = join(data, "list.csv");
  const gbk = Buffer.from("c6f3d2b5c3fbb3c62ccdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb0d0ac9cfbaa3b9abcbbe2c", "hex");
  writeFileSync(file, Buffer.concat([gbk, Buffer.from(credit_code(1) + "\r\n")]));
  const refused = run_cli("enterprise", "import", file, "--data", data);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /The file is GBK, not UTF-8: save it as "CSV UTF-8"/);
  writeFileSync(file, "name,credit_code,tags,contact\r\n" + `"甲公司,${credit_code(1)},,\r\n` +
    `\u3000乙公司\u3000,${credit_code(2).replace("9", "９")},高新技术企业；重点招商项目,\r\n` + ",,,\r\n,,,\r\n");
  const run = run_cli("enterprise", "import", file, "--json", "--data", data);
  const result = JSON.parse(run.stdout);
  assert.deepEqual(result.created.map((one) => [one.name, one.credit_code]), [["乙公司", credit_code(2)]]);
  assert.deepEqual(result.refused, [{ line: 2, message: "A quote is opened and not closed on this line." }]);
});

test("a data folder into which others may write is warned of", async () => {
  const data = join(temp_folder(), "open");
  mkdirSync(data);
  chmodSync(data, 0o777);
  const server = await Server.start({ data });
  assert.match(server.log, /warning: Others may write into the data folder .*: chmod 700/);
  const checks = JSON.parse(run_cli("doctor", "--json", "--data", data).stdout).checks;
  assert.equal(checks.find((one) => one.check === "folder").health, "warn");
  await server.stop();
  assert.ok(existsSync(join(data, "yuanyue.db")));
  assert.equal(statSync(join(data, "yuanyue.db")).mode & 0o077, 0);
});

test("a password made of the names of park, hall or enterprise, or a common one, is refused", async () => {
  const park = await make_park({ enterprises: 1 });
  const [{ user, password }] = park.accounts;
  const client = new Client(park.server.url);
  await client.sign_in(user, password);
  for (const weak of ["password2026", "P@ssw0rd1234", "lingang-2026", "lingang-hall1", "企业 0 有限公司2026", "abcabcabcabc",
                      credit_code(0).slice(0, 12), "联系人 0有限公司1", "iloveyou1314", "9876543210"]) {
    const answer = await client.change_password(password, weak);
    assert.deepEqual([answer.status, answer.body.code], [422, "weak_password"], weak);
  }
  assert.equal((await client.change_password(password, "落霞与孤鹜齐飞，秋水")).status, 200);
  await park.server.stop();
});
