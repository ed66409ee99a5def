// More than the server takes: whoever is beyond its bounds is told so and when to come again, and what was acknowledged is
// there after a kill.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";

import { block, demo_catalog, make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { run_cli_json, Server } from "./support/server.mjs";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A connection of its own for every request.
function post(client, body) {
  const url = new URL(client.url);
  return new Promise((resolve) => {
    const asked = request({ agent: new Agent({ keepAlive: false }), host: url.hostname, port: url.port, method: "POST",
      path: "/api/v1/push", headers: { cookie: client.session_cookie, "x-yuanyue-csrf": client.csrf_token,
        "content-type": "application/json" } }, (answer) => {
      let text = "";
      answer.on("data", (part) => (text += part));
      answer.on("end", () => resolve({ status: answer.statusCode, retry_after: answer.headers["retry-after"], text }));
      answer.on("error", () => resolve({ status: 0 }));
    });
    asked.on("error", () => resolve({ status: 0 }));
    asked.end(JSON.stringify(body));
  });
}

test("flooded, the server refuses with 503 and Retry-After, and loses nothing that it acknowledged", async () => {
  const catalog = demo_catalog();
  for (const service of catalog.services) {
    Object.assign(service.policy, { max_open: 100, max_changes: 100 });
    for (const line of service.weekly) Object.assign(line, { capacity: 100, emergency_reserve: 0 });
  }
  const park = await make_park({ enterprises: 12, catalog, server: { now: monday_morning } });
  const clients = await sign_in_all(park.server, park.accounts);
  await park.server.stop();
  const small = ["--workers", "1", "--max-waiting-requests", "1", "--max-connections", "24"];
  let server = await Server.start({ data: park.data, now: monday_morning, args: small });
  const dates = ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08"];
  const counts = { accepted: 0, refused: 0, cut: 0 };
  const acknowledged = [];
  // Each client's command goes out on ten connections at once, until one is answered.
  await Promise.all(clients.map(async (client) => {
    client.url = server.url;
    for (const date of dates) {
      const booking = randomUUID();
      const envelope = client.envelope({ type: "book_appointment", booking, block: block("tax", date, "09:00") });
      for (let settled = false; !settled;) {
        const answers = await Promise.all(Array.from({ length: 10 }, () => post(client, envelope)));
        for (const answer of answers) {
          if (answer.status === 200) {
            settled = true;
            assert.equal(JSON.parse(answer.text).results[0].accepted, true, answer.text);
          } else if (answer.status === 503) {
            counts.refused += 1;
            assert.ok(Number(answer.retry_after) >= 1);
            assert.equal(JSON.parse(answer.text).code, "unavailable");
          } else {
            assert.equal(answer.status, 0, answer.text);  // cut off before the answer could be read
            counts.cut += 1;
          }
        }
        if (!settled) await pause(20);
      }
      counts.accepted += 1;
      acknowledged.push(booking);
    }
  }));
  assert.ok(counts.refused > 0, `the bound was never met: ${JSON.stringify(counts)}`);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200, "the flood is over");
  await server.kill();
  server = await Server.start({ data: park.data, now: monday_morning });
  const seen = [];
  for (const client of clients) {
    client.url = server.url;
    await client.pull();
    seen.push(...client.all("booking").map((row) => row.id));
  }
  assert.deepEqual(seen.sort(), acknowledged.sort(), "each acknowledged booking once");
  await server.stop();
  assert.equal(run_cli_json("ledger", "verify", "--json", "--data", park.data).ok, true);
});

// A browser keeps its connection open after an answer. Hundreds of open pages, and as many clients that send a byte now and
// then, must not keep anybody else out.
test("idle connections and slow clients take no thread from the others", async () => {
  const server = await Server.start({ now: monday_morning, args: ["--workers", "1"] });
  const url = new URL(server.url);
  const connected = () => new Promise((resolve) => {
    const socket = connect(Number(url.port), url.hostname, () => resolve(socket));
    socket.on("error", () => {});
  });
  const sockets = await Promise.all(Array.from({ length: 400 }, connected));
  const [idle, slow] = [sockets.slice(0, 200), sockets.slice(200)];
  await Promise.all(idle.map((socket) => new Promise((resolve) => {
    socket.once("data", resolve);
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
  })));
  for (const socket of slow) socket.write(`GET /healthz HTTP/1.1\r\nHost: ${url.host}\r\nX: `);
  const dripping = setInterval(() => {
    for (const socket of slow) if (!socket.destroyed) socket.write("x");
  }, 200);
  let told = 0;
  for (const socket of slow) {
    socket.once("data", (text) => (told += /^HTTP\/1\.1 408 /.test(text) ? 1 : 0));
  }
  const until = Date.now() + 13_000;
  while (Date.now() < until) {
    const asked = Date.now();
    const answer = await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    assert.equal(answer.status, 200);
    assert.ok(Date.now() - asked < 2_000);
    await pause(100);
  }
  clearInterval(dripping);
  assert.equal(told, slow.length, "each slow one is told 408 when its ten seconds are over");
  assert.ok(idle.every((socket) => !socket.destroyed), "the idle ones stay open");
  for (const socket of sockets) socket.destroy();
  await server.stop();
});

// One member with many open tabs must not keep the others from waiting for news.
test("one user's pulls beyond his share are answered at once, another's are held", async () => {
  const park = await make_park({ enterprises: 2, server: { now: monday_morning } });
  const [greedy, other] = await sign_in_all(park.server, park.accounts);
  for (const client of [greedy, other]) await client.pull();
  const agent = new Agent({ keepAlive: true });
  const url = new URL(park.server.url);
  const wait_for_news = (client) => new Promise((resolve, reject) => {
    const query = new URLSearchParams({ client: client.id, cookie: client.cookie, wait_ms: "20000" });
    const began = Date.now();
    const asked = request({ agent, host: url.hostname, port: url.port, path: `/api/v1/pull?${query}`,
      headers: { cookie: client.session_cookie } }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode, ms: Date.now() - began }));
    });
    asked.on("error", reject);
    asked.end();
  });
  let answered = 0;
  const many = Array.from({ length: 70 }, () => wait_for_news(greedy).then((answer) => {
    answered += 1;
    return answer;
  }));
  await pause(1_000);
  assert.equal(answered, 70 - 32, "beyond the share they are answered at once");
  const own = wait_for_news(other);
  await pause(300);
  await other.push({ type: "book_appointment", booking: randomUUID(), block: block("tax", "2026-12-01", "09:00") });
  const { status, ms } = await own;
  assert.equal(status, 200);
  assert.ok(ms >= 300 && ms < 10_000, `held, and woken: ${ms} ms`);
  assert.ok((await Promise.all(many)).every((answer) => answer.status === 200));
  agent.destroy();
  await park.server.stop();
});

// A password hash takes its time, and few are made at once: whoever waits for one must not have a thread that others need,
// whatever way his path is written.
test("sign-ins that wait for a hash keep nobody else waiting", async () => {
  const server = await Server.start({ now: monday_morning, args: ["--workers", "1", "--trusted-proxy"] });
  const statuses = [];
  const many = Array.from({ length: 60 }, (_, i) => fetch(`${server.url}/api/v1/${i % 2 ? "session" : "sessio%6e"}`, {
    method: "POST", headers: { "content-type": "application/json", "x-forwarded-for": `192.0.2.${i}` },
    body: JSON.stringify({ name: `nobody ${i}`, password: "wrong wrong wrong" }) }).then(async (answer) => {
    statuses.push(answer.status);
    await answer.text();
  }));
  let asked_beside = 0;
  await pause(30);
  while (statuses.length < 20) {
    const began = Date.now();
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.ok(Date.now() - began < 500, "answered at once");
    asked_beside += 1;
    await pause(5);
  }
  assert.ok(asked_beside >= 3, `they did take their time: ${asked_beside}`);
  await Promise.all(many);
  assert.ok(statuses.every((status) => [401, 429, 503].includes(status)), String(statuses));
  await server.stop();
});
