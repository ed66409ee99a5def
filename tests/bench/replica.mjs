// The replica in Chromium: durable writes, a first sync, a small delta, news from another client, and how soon a
// prediction is on the screen.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, request as http_request } from "node:http";
import { join } from "node:path";

import { Client } from "../backend/support/client.mjs";
import { temp_folder, top } from "../backend/support/server.mjs";
import { choose_day, demo_password, desktop, fill_sign_in, go, launch, launch_profile, open_app, settle, sign_in,
  start_demo } from "../web/support/app.mjs";

const print = (line) => console.log(JSON.stringify(line));
function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => +sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)].toFixed(2);
  return { samples: sorted.length, median_ms: at(0.5), p95_ms: at(0.95), worst_ms: at(1) };
}

const browser = await launch();
const server = await start_demo();

// The worker alone, from the page's message to its answer, as the page uses it. In a profile on the disk, as people
// have one; a private window's files are in the memory of another process, each access a message to it.
const manifest = JSON.parse(readFileSync(join(top, "build", "web", "dist", "manifest.json"), "utf8"));
const worker = manifest.files.find((file) => /^static\/worker-.*\.js$/.test(file.path)).path;
const booking = JSON.stringify({ type: "reschedule_booking", booking: randomUUID(),
  from: { service: "qualification", date: "2026-12-03", start: "14:00" },
  to: { service: "qualification", date: "2026-12-02", start: "09:00" } });
const written = await (async () => {
  const context = await launch_profile(temp_folder());
  const page = await context.newPage();
  await page.goto(`${server.url}/healthz`);
  const result = await page.evaluate(async ([address, command]) => {
    const worker = new Worker(`/${address}`, { type: "module" });
    const answer = () => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
    const write = async (ticket, text) => {
      const lines = new TextEncoder().encode(text);
      const began = performance.now();
      worker.postMessage({ kind: "write", ticket, lines }, [lines.buffer]);
      const said = await answer();
      if (said.kind !== "written") throw new Error(JSON.stringify(said));
      return performance.now() - began;
    };
    const began = performance.now();
    worker.postMessage({ kind: "open", mark: "" });
    for (let said; said?.kind !== "opened"; ) {
      said = await answer();
      if (said.kind === "unavailable") throw new Error(said.reason);
    }
    const opened_ms = performance.now() - began;
    const outbox = [], delta = [];
    for (let i = 1; i <= 200; ++i) {
      outbox.push(await write(i, `n${i + 1}\no${i}\t${crypto.randomUUID()}\t1795395600000\t${command}\n`));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const rows = (count, from) => Array.from({ length: count }, (_, i) =>
      `r{"id":"${from + i}","type":"booking"}\t{"text":"${"x".repeat(400)}"}\n`).join("");
    for (let i = 0; i < 100; ++i) delta.push(await write(1000 + i, `kC${i}\n${rows(10, i * 7)}`));
    const bulk = {};
    for (const count of [10_000, 100_000]) bulk[count] = await write(count, `R\nkC\n${rows(count, 0)}`);
    worker.terminate();
    return { opened_ms, outbox, delta, bulk };
  }, [worker, booking]);
  await context.close();
  return result;
})();
print({ bench: "replica_open", storage: "empty", ms: Math.round(written.opened_ms) });
print({ bench: "durable_outbox_write", ...figures(written.outbox) });
print({ bench: "durable_delta_write", rows: 10, ...figures(written.delta) });
for (const [rows, ms] of Object.entries(written.bulk)) print({ bench: "durable_first_sync", rows: +rows, ms: Math.round(ms) });

// A server between that adds bookings of others to the first answer, as an administrator of a large park gets them.
function crowd(real_url, count) {
  const real = new URL(real_url);
  let answer_of = null;
  const between = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host: incoming.headers.host, "accept-encoding": "identity" };
    const upstream = http_request({ host: real.hostname, port: real.port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        const is_first = /\/pull\?/.test(incoming.url) && !/cookie=[^&]/.test(incoming.url);
        if (!is_first) {
          outgoing.writeHead(answer.statusCode, answer.headers);
          return answer.pipe(outgoing);
        }
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          answer_of ??= grown(Buffer.concat(parts).toString(), count);
          const body = Buffer.from(answer_of);
          outgoing.writeHead(200, { ...answer.headers, "content-length": body.length });
          outgoing.end(body);
        });
      });
    upstream.on("error", () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  return new Promise((resolve) => between.listen(0, "127.0.0.1", () =>
    resolve({ url: `http://127.0.0.1:${between.address().port}`, close: () => between.close() })));
}
function grown(body, count) {
  const answer = JSON.parse(body);
  const model = answer.rows.find((row) => row.type === "booking");
  while (answer.rows.length < count) {
    const row = structuredClone(model);
    row.id = randomUUID();
    row.enterprise = randomUUID();
    answer.rows.push(row);
  }
  return JSON.stringify(answer, (_, value) => value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, value[key]])) : value);
}
for (const rows of [10_000, 100_000]) {
  const between = await crowd(server.url, rows);
  const context = await browser.newContext({ locale: "zh-CN", viewport: desktop });
  const page = await context.newPage();
  await page.goto(`${between.url}/`);
  await fill_sign_in(page, "lingang");
  const answered = page.waitForResponse((response) => response.url().includes("/pull?"), { timeout: 120_000 });
  await page.getByRole("button", { name: "登录", exact: true }).click();
  const began = performance.now();
  await answered;
  const first_byte = performance.now();
  await page.getByRole("region", { name: "下一个预约" }).waitFor({ state: "attached", timeout: 120_000 });
  const shown = performance.now();
  const apply_ms = await page.evaluate(() => window.yuanyue.lastAnswerMs);
  print({ bench: "first_sync", rows, sign_in_to_home_ms: Math.round(shown - began),
    answer_to_home_ms: Math.round(shown - first_byte), of_it_applied_ms: Math.round(apply_ms) });
  await context.close();
  between.close();
}

// News: another client of the same enterprise moves the booking and takes it back; the page shows it.
const { page } = await open_app(browser, server);
await sign_in(page, "lingang");
await page.getByRole("region", { name: "下一个预约" }).waitFor({ state: "attached" });
await page.waitForFunction(() => window.yuanyue.replica.open && window.yuanyue.replica.unwritten === 0);
await settle(page);
const client = new Client(server.url);
await client.sign_in("lingang", demo_password);
await client.pull();
const moved = client.all("booking").find((row) => row.status === "confirmed" && row.block.date === "2026-12-03");
const elsewhere = { ...moved.block, date: "2026-12-04" };
const news = [], applied = [];
for (let i = 0; i < 60; ++i) {
  const there = i % 2 === 0;
  await page.waitForTimeout(100);
  const shown = page.evaluate((wanted) => new Promise((resolve) => {
    const main = document.querySelector("main, [role=main]");
    const look = () => {
      if (main.textContent.includes("12月4日(周五)14:00") !== wanted) return false;
      watch.disconnect();
      requestAnimationFrame(() => resolve(Date.now()));
      return true;
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    look();  // on a busy machine it may have come before
  }), there);
  await page.waitForTimeout(50);
  const sent = Date.now();
  const result = await client.push(there
    ? { type: "reschedule_booking", booking: moved.id, from: moved.block, to: elsewhere }
    : { type: "undo_reschedule", booking: moved.id, from: elsewhere, to: moved.block });
  if (!result.accepted) throw new Error(JSON.stringify(result));
  news.push((await shown) - sent);
  applied.push(await page.evaluate(() => window.yuanyue.lastAnswerMs));
}
print({ bench: "push_by_one_client_to_frame_of_another", ...figures(news) });
print({ bench: "small_delta_applied_in_page", ...figures(applied) });

// Ten rows in one delta: the park's administrator sets ten blocks in one push.
const administrator = new Client(server.url);
await administrator.sign_in("admin", demo_password);
const ten = [];
for (let i = 0; i < 40; ++i) {
  const drawn = await page.evaluate(() => window.yuanyue.frames);
  const answer = await administrator.push_envelope(administrator.envelope(...[14, 15, 16, 17, 18, 21, 22, 23, 24, 25].map((day) => ({
    type: "override_block", block: { key: { service: moved.block.service, date: `2026-12-${day}`, start: "14:00" },
      closed: false, capacity: 5 + (i % 2), reason: "" } }))));
  if (answer.status !== 200 || answer.body.results.some((one) => !one.accepted)) throw new Error(JSON.stringify(answer.body));
  await page.waitForFunction((before) => window.yuanyue.frames > before, drawn);
  ten.push(await page.evaluate(() => window.yuanyue.lastAnswerMs));
}
print({ bench: "delta_applied_in_page", rows: 10, ...figures(ten) });

// A press whose outcome is predicted, until the frame that shows it has been handed to the screen. What was pressed before
// has been drawn by then: the software renderer of a test machine has one frame on its way at a time.
const seen_ms = 250;
await page.evaluate(() => {
  window.pressed = [];
  document.addEventListener("click", (event) => {
    if (!/^(确认改到这个时间|撤回)/.test(event.target.getAttribute?.("aria-label") ?? event.target.textContent ?? "")) return;
    const began = event.timeStamp;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.pressed.push(performance.now() - began);
      port2.postMessage(0);
    });
  }, true);
});
for (let i = 0; i < 20; ++i) {
  await go(page, "/");
  await page.getByRole("link", { name: /^改时间：12月3日/ }).click();
  await choose_day(page, "2026年12月", /^12月2日/);
  await page.getByRole("radio", { name: /14:00–16:00/ }).click();
  await page.waitForTimeout(seen_ms);
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  await page.waitForTimeout(seen_ms);
  await page.getByRole("button", { name: /撤回，改回 12月3日/ }).click();
  await page.waitForTimeout(seen_ms);
}
print({ bench: "prediction_to_pixels", ...figures(await page.evaluate(() => window.pressed)) });
await browser.close();
await server.stop();
