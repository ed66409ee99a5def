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
  const small = ["--workers", "2", "--max-waiting-connections", "2"];
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

// A browser keeps its connection open after an answer. Held for the whole keep-alive time, a hundred open pages would
// keep everybody else out.
test("an idle connection gives its worker to one that waits", async () => {
  const server = await Server.start({ now: monday_morning, args: ["--workers", "2"] });
  const url = new URL(server.url);
  const idle = Array.from({ length: 2 }, () => connect(Number(url.port), url.hostname));
  await Promise.all(idle.map((socket) => new Promise((resolve) => {
    socket.once("data", resolve);
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
  })));
  let open = 2;
  for (const socket of idle) socket.on("close", () => (open -= 1));
  await pause(300);
  assert.equal(open, 2, "nobody waits: they stay open");
  const answer = await fetch(`${server.url}/healthz`, { signal: AbortSignal.timeout(10_000) });
  assert.equal(answer.status, 200);
  for (const socket of idle) socket.destroy();
  await server.stop();
});
