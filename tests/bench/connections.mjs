// Connections by the thousand, on loopback: 10,000 held pulls and 10,000 idle connections (threads, memory of one), a push's
// time beside them and while all are woken, and 1,000 clients that drip a byte each half second beside ordinary requests.
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";

import { block, demo_catalog, make_park, monday_morning, sign_in_all } from "../backend/support/park.mjs";

const many = Number(process.env.YUANYUE_BENCH_CONNECTIONS ?? 10_000);
const drips = 1_000;
const pushes = 100;

// Twice as many descriptors as the usual limit are wanted on both sides: a shell with the hard limit runs this file.
const limit = Number(spawnSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).stdout);
const wanted = 2 * many + drips + 500;
if (limit < wanted && !process.env.YUANYUE_BENCH_RAISED) {
  const raised = spawnSync("sh", ["-c", `ulimit -n ${wanted} && exec "${process.execPath}" "${process.argv[1]}"`],
    { stdio: "inherit", env: { ...process.env, YUANYUE_BENCH_RAISED: "1" } });
  process.exit(raised.status ?? 1);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sum = (name, pid) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
const percentile = (times, share) => {
  const sorted = [...times].sort((a, b) => a - b);
  return +sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(2);
};

const catalog = demo_catalog();
for (const service of catalog.services) {
  Object.assign(service.policy, { max_open: 100 });
  for (const line of service.weekly) Object.assign(line, { capacity: 1_000, emergency_reserve: 0 });
}
const share = String(3 * many);
const park = await make_park({ enterprises: 2, catalog, server: { now: monday_morning, log_level: "error",
  args: ["--max-connections", share, "--max-connections-per-address", share, "--max-long-polls", share,
         "--max-long-polls-per-user", share, "--max-long-polls-per-address", share] } });
const [client, waiting] = await sign_in_all(park.server, park.accounts);
const url = new URL(park.server.url);
const { pid } = park.server.process;

function open_one() {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => resolve(socket));
    socket.on("error", reject);
    socket.setNoDelay(true);
  });
}

// So many connections, a hundred at a time.
async function open_many(count, each) {
  const sockets = [];
  while (sockets.length < count) {
    const some = await Promise.all(Array.from({ length: Math.min(100, count - sockets.length) }, open_one));
    for (const socket of some) each(socket);
    sockets.push(...some);
  }
  return sockets;
}

// Resolves when every socket has had an answer since it was called.
function all_answer(sockets) {
  return Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("data", resolve))));
}

async function timed_pushes(count) {
  const times = [];
  for (let i = 0; i < count; ++i) {
    const body = { type: "book_appointment", booking: randomUUID(), block: block("tax", "2026-12-01", "09:00") };
    const began = performance.now();
    const result = await client.push(body);
    if (!result.accepted) throw new Error(JSON.stringify(result));
    times.push(performance.now() - began);
    await client.push({ type: "cancel_booking", booking: body.booking, block: body.block, reason: "" });
  }
  return times;
}

const say = (bench, values) => console.log(JSON.stringify({ bench, ...values }));
const get = (path, cookie) => `GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\nCookie: ${cookie}\r\n\r\n`;

const alone = await timed_pushes(pushes);
say("push_alone", { requests: pushes, p50_ms: percentile(alone, 0.5), p95_ms: percentile(alone, 0.95) });

let before = sum("VmRSS", pid);
const idle = await open_many(many, (socket) => socket.write(get("/healthz", "")));
await pause(1_000);
say("idle_connections", { connections: many, threads: sum("Threads", pid),
  kilobytes_each: +((sum("VmRSS", pid) - before) / many).toFixed(2) });

// Pulls that nothing wakes but what is done at the end: of a user who sees no booking of the pushing one.
await waiting.pull();
before = sum("VmRSS", pid);
const query = () => new URLSearchParams({ client: waiting.id, cookie: waiting.cookie, wait_ms: "60000" });
const held = await open_many(many, (socket) => socket.write(get(`/api/v1/pull?${query()}`, waiting.session_cookie)));
await pause(2_000);
say("held_pulls", { connections: many, idle_beside: many, threads: sum("Threads", pid),
  kilobytes_each: +((sum("VmRSS", pid) - before) / many).toFixed(2) });

// Each push changes a block that everybody sees: all are woken by the first.
const woken = performance.now();
const answered = all_answer(held).then(() => performance.now() - woken);
const beside = await timed_pushes(pushes);
say("push_beside_all", { requests: pushes, p50_ms: percentile(beside, 0.5), p95_ms: percentile(beside, 0.95),
  worst_ms: percentile(beside, 1), last_of_all_woken_ms: Math.round(await answered) });
for (const socket of [...held, ...idle]) socket.destroy();
await pause(1_000);

const dripping = await open_many(drips, (socket) => socket.write(`GET /healthz HTTP/1.1\r\nHost: ${url.host}\r\nX: `));
for (const socket of dripping) socket.on("error", () => {});
const drip = setInterval(() => {
  for (const socket of dripping) if (socket.writable) socket.write("x");
}, 500);
const ordinary = [];
let failed = 0;
const until = performance.now() + 8_000;
while (performance.now() < until) {
  const began = performance.now();
  const answer = await fetch(`${park.server.url}/healthz`).catch(() => ({ status: 0 }));
  if (answer.status !== 200) failed += 1;
  await answer.text?.();
  ordinary.push(performance.now() - began);
  await pause(5);
}
clearInterval(drip);
say("requests_beside_drips", { drips, requests: ordinary.length, failed, p50_ms: percentile(ordinary, 0.5),
  p99_ms: percentile(ordinary, 0.99) });
for (const socket of dripping) socket.destroy();
await park.server.stop();
