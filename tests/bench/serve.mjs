// Durable reschedules a second over HTTP with 64 keep-alive connections, beside an empty POST of the same server: the
// ratio says what deciding, committing and answering cost beyond HTTP itself, on the same machine in the same minute.
import { randomUUID } from "node:crypto";
import { Agent, request as http_request } from "node:http";

import { demo_catalog, make_park, monday_morning, sign_in_all } from "../backend/support/park.mjs";

const connections = 64;
const bookings_each = 8;
const turns = 32;          // short ones, so that whatever else the machine does meets both
const requests_each = 24;  // in a turn; in all turns together a booking changes 96 times

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
  server: { now: monday_morning, args: ["--bench-routes", "--no-quotas"] } });
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

const dates = ["2026-12-07", "2026-12-08", "2026-12-09", "2026-12-10",
  "2026-12-11", "2026-12-14", "2026-12-15", "2026-12-16"];
const block = (date, start) => ({ service: "qualification", date, start });
await Promise.all(clients.map(async (client) => {
  client.bookings = [];
  for (let i = 0; i < bookings_each; ++i) {
    const booking = { id: randomUUID(), at: block(dates[i], "09:00") };
    const result = await client.push({ type: "book_appointment", booking: booking.id, block: booking.at });
    if (!result.accepted) throw new Error(JSON.stringify(result));
    client.bookings.push(booking);
  }
}));

function percentile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

// `bodies_of` makes a client's requests before the clock runs: what making them costs is not the server's.
async function turn(path, bodies_of, sum) {
  const bodies = clients.map(bodies_of);
  const answers = [];
  const began = performance.now();
  await Promise.all(clients.map(async (client, i) => {
    for (const body of bodies[i]) {
      const start = performance.now();
      answers.push(await post(client, path, body));
      sum.times.push(performance.now() - start);
    }
  }));
  sum.seconds += (performance.now() - began) / 1000;
  for (const { status, body } of answers) {
    if (status !== 200 || body.includes('"rejection"')) throw new Error(`${status} ${body}`);
  }
}

const starts = ["09:00", "10:00", "11:00", "13:00", "14:00", "15:00"];
function empty_posts(client) {
  const body = client.envelope({ type: "undo_reschedule", booking: client.bookings[0].id,
    from: client.bookings[0].at, to: client.bookings[0].at });
  --client.seq;
  return Array(requests_each).fill(JSON.stringify(body));
}
function reschedules(client) {
  return Array.from({ length: requests_each }, (_, i) => {
    const booking = client.bookings[i % bookings_each];
    const from = booking.at;
    booking.at = block(from.date, starts[(starts.indexOf(from.start) + 1) % starts.length]);
    return JSON.stringify(client.envelope({ type: "reschedule_booking", booking: booking.id, from, to: booking.at }));
  });
}

const empty = { times: [], seconds: 0 };
const moved = { times: [], seconds: 0 };
await turn("/api/v1/bench/empty", empty_posts, { times: [], seconds: 0 });
for (let i = 0; i < turns; ++i) {
  await turn("/api/v1/bench/empty", empty_posts, empty);
  await turn("/api/v1/push", reschedules, moved);
}
const line = (name, { times, seconds }) => ({ bench: name, connections, requests: times.length,
  per_second: Math.round(times.length / seconds), p50_ms: +percentile(times, 0.5).toFixed(2),
  p99_ms: +percentile(times, 0.99).toFixed(2) });
console.log(JSON.stringify(line("empty_post", empty)));
console.log(JSON.stringify({ ...line("durable_reschedule", moved),
  ratio_to_empty_post: +(empty.seconds / moved.seconds).toFixed(2) }));
agent.destroy();
await park.server.stop();
