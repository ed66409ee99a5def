// The real program when memory runs short: it says try again, counts nothing against anybody, and goes on.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { protocol_version } from "./support/commands.mjs";
import { Client } from "./support/client.mjs";
import { make_park, sign_in_all, test_password } from "./support/park.mjs";
import { binary, Server, temp_folder } from "./support/server.mjs";

const mib = 1024 * 1024;

// The address space may grow by so much from now on; "unlimited" lifts the limit.
function limit_memory(server, more_bytes) {
  const status = readFileSync(`/proc/${server.process.pid}/status`, "utf8");
  const used_bytes = Number(/VmSize:\s*(\d+) kB/.exec(status)[1]) * 1024;
  const bytes = more_bytes === "unlimited" ? "unlimited" : used_bytes + more_bytes;
  const run = spawnSync("prlimit", ["--pid", String(server.process.pid), `--as=${bytes}:unlimited`]);
  assert.equal(run.status, 0, String(run.stderr));
}

test("no memory to hash a password: unavailable, no wrong password, no lock; then it works, and the server stops", async () => {
  const park = await make_park({ enterprises: 2 });
  const { server } = park;
  const [client] = await sign_in_all(server, park.accounts);
  const sign_in = (account, password) => new Client(server.url).sign_in(account.user, password);
  limit_memory(server, 8 * mib);  // one hash takes 19
  for (let i = 0; i < 12; ++i) {
    const refused = await sign_in(park.accounts[i % 2], i % 3 === 0 ? "not the password" : test_password);
    assert.equal(refused.status, 503, `try ${i}`);
    assert.equal(refused.body.code, "unavailable");
    assert.ok(Number(refused.headers.get("retry-after")) >= 1);
  }
  assert.equal((await client.change_password(test_password, "another good password")).status, 503);
  assert.equal((await client.request("GET", "/api/v1/session")).status, 200, "who is signed in goes on");
  limit_memory(server, "unlimited");
  for (const account of park.accounts) assert.equal((await sign_in(account, test_password)).status, 200);
  assert.ok(!server.log.includes("sign_in_failed"));
  assert.equal((await server.stop()).code, 0);
});

// An answer must come while memory is short, not once it is there again.
const in_time = (answer) => Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 30_000, "not answered").unref())]);

test("a worker whose first request comes when memory is short already answers it", async () => {
  const server = await Server.start({ args: ["--trusted-proxy"] });
  limit_memory(server, mib);
  const headers = (i) => ({ "content-type": "application/json", "x-forwarded-for": `192.0.2.${i}` });
  const body = JSON.stringify({ name: "nobody", password: "wrong wrong wrong" });
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) =>
    in_time(fetch(`${server.url}/api/v1/session`, { method: "POST", headers: headers(i), body })
      .then((answer) => answer.status, () => "closed"))));
  const events = () => [...new Set(server.log_lines().map((line) => `${line.event} ${line.message ?? ""}`))].join("; ");
  assert.ok(answers.includes(503), `${answers}: ${events()}`);
  assert.ok(!answers.includes("not answered"), String(answers));
  limit_memory(server, "unlimited");
  assert.equal((await server.stop()).code, 0);
});

test("bodies for which there is no memory end no process, and what is asked afterwards is answered", async () => {
  const park = await make_park({ enterprises: 1 });
  const { server } = park;
  const [client] = await sign_in_all(server, park.accounts);
  const body = JSON.stringify({ protocol: protocol_version, client: client.id, commands: [], padding: "x".repeat(500 * 1024) });
  for (const room of [4 * mib, mib, 256 * 1024, 64 * 1024]) {
    limit_memory(server, room);
    const answers = await Promise.all(Array.from({ length: 60 }, () =>
      in_time(client.request("POST", "/api/v1/push", body).then((answer) => answer.status, () => "closed"))));
    for (const answer of answers) assert.ok(["closed", 400, 408, 429, 500, 503].includes(answer), String(answer));
    limit_memory(server, "unlimited");
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  }
  const pushed = await client.push({ type: "decline_offer", offer: client.id });
  assert.equal(pushed.rejection.code, "not_found", "the engine decides");
  await client.pull();
  assert.equal((await new Client(server.url).sign_in(park.accounts[0].user, test_password)).status, 200);
  assert.equal((await server.stop()).code, 0);
});

test("a server that cannot have its threads or its memory says so in one sentence", { timeout: 120_000 }, async () => {
  const data = temp_folder();
  const first = await Server.start({ data });
  await first.stop();
  let refused = 0;
  for (let megabytes = 100; megabytes <= 800; megabytes += 50) {
    const run = spawn("prlimit", [`--as=${megabytes * 1024 * 1024}`, binary, "serve", "--data", data, "--port", "0"]);
    let said = "", serves = false;
    run.stderr.on("data", (text) => (said += text));
    run.stdout.on("data", () => {
      serves = true;
      run.kill("SIGTERM");
    });
    const [code, signal] = await new Promise((resolve) => run.on("exit", (...how) => resolve(how)));
    assert.equal(signal, null, `${megabytes} MB: ${said}`);
    if (serves && code === 0) continue;
    refused += 1;
    assert.ok(code === 1 || code === 127, `${megabytes} MB: ended with ${code}: ${said}`);
    assert.doesNotMatch(said, /terminate called/, `${megabytes} MB`);
  }
  assert.ok(refused > 0, "none of them was short");
});
