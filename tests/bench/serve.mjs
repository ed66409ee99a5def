// Durable reschedules a second over HTTP with 64 keep-alive connections, beside an empty POST of the same server: the
// ratio says what deciding, committing and answering cost beyond HTTP itself, on the same machine in the same minute.
import { randomUUID } from "node:crypto";
import { Agent, request as http_request } from "node:http";

import { demo_catalog, make_park, monday_morning, sign_in_all } from "../backend/support/park.mjs";

const connections = 64;
const bookings_each = 4;
const turns = 6;          // so that whatever else the machine does meets both
const changes_each = 15;  // of each booking in a turn; together below the policy's 100
const seconds_empty = 1.5;

function wide_catalog() {
  const catalog = demo_catalog();
  const service = catalog.services.find((one) => one.id === "qualification");
  service.weekly = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00"].map((start) => ({
    weekdays: 31, span: { start, end: `${String(Number(start.slice(0, 2)) + 1).padStart(2, "0")}:00` },
    capacity: 1000, emergency_reserve: 0 }));
  Object.assign(service.policy, { max_open: 100, max_changes: 100 });
  catalog.services = [service];
  return catalog;
}

const park = await make_park({ enterprises: connections, catalog: wide_catalog(),
  server: { now: monday_morning, args: ["--bench-routes"] } });
const clients = await sign_in_all(park.server, park.accounts);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const url = new URL(park.server.url);

// Leaner than fetch, so that less of the machine goes into asking.
function post(client, path, body) {
  return new Promise((resolve, reject) => {
    const asked = http_request({ agent, host: url.hostname, port: url.port, path, method: "POST", headers: {
      cookie: client.session_cookie, "x-yuanyue-csrf": client.csrf_token, "content-type": "application/json",
      "content-length": Buffer.byteLength(body) } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() }));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const dates = ["2026-12-07", "2026-12-08", "2026-12-09", "2026-12-10"];
const block = (date, start) => ({ service: "qualification", date, start });
for (const client of clients) {
  client.bookings = [];
  for (let i = 0; i < bookings_each; ++i) {
    const booking = { id: randomUUID(), at: block(dates[i], "09:00") };
    const result = await client.push({ type: "book_appointment", booking: booking.id, block: booking.at });
    if (!result.accepted) throw new Error(JSON.stringify(result));
    client.bookings.push(booking);
  }
}

function percentile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

async function turn(one_client, times) {
  const began = performance.now();
  const before = times.length;
  await Promise.all(clients.map((client) => one_client(client, async (act) => {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  })));
  return (times.length - before) / ((performance.now() - began) / 1000);
}

const starts = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00"];
async function empty_posts(client, timed) {
  const until = performance.now() + seconds_empty * 1000;
  const body = client.envelope({ type: "undo_reschedule", booking: client.bookings[0].id });
  --client.seq;
  while (performance.now() < until) {
    await timed(async () => {
      const answer = await post(client, "/api/v1/bench/empty", JSON.stringify(body));
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
    });
  }
}
async function reschedules(client, timed) {
  for (let change = 0; change < changes_each; ++change) {
    for (const booking of client.bookings) {
      const to = block(booking.at.date, starts[(starts.indexOf(booking.at.start) + 1) % starts.length]);
      const body = JSON.stringify(client.envelope({ type: "reschedule_booking", booking: booking.id,
        from: booking.at, to }));
      await timed(async () => {
        const answer = await post(client, "/api/v1/push", body);
        if (answer.status !== 200 || !JSON.parse(answer.body).results[0].accepted) throw new Error(answer.body);
      });
      booking.at = to;
    }
  }
}

const empty = { times: [], per_second: [] };
const moved = { times: [], per_second: [] };
await turn(empty_posts, []);
for (let i = 0; i < turns; ++i) {
  empty.per_second.push(await turn(empty_posts, empty.times));
  moved.per_second.push(await turn(reschedules, moved.times));
}
const ratios = moved.per_second.map((per_second, i) => per_second / empty.per_second[i]);
const line = (name, { times, per_second }) => ({ bench: name, connections, requests: times.length,
  per_second: Math.round(percentile(per_second, 0.5)), p50_ms: +percentile(times, 0.5).toFixed(2),
  p99_ms: +percentile(times, 0.99).toFixed(2) });
console.log(JSON.stringify(line("empty_post", empty)));
console.log(JSON.stringify({ ...line("durable_reschedule", moved), ratio_to_empty_post: +percentile(ratios, 0.5).toFixed(2) }));
agent.destroy();
await park.server.stop();
