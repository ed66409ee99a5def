// The page in Chromium: what is loaded, how soon it can be used, what a frame costs, what an idle page draws.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { top } from "../backend/support/server.mjs";
import { desktop, fill_sign_in, go, launch, settle, start_demo } from "../web/support/app.mjs";
import { serve_page } from "../web/platform_support.mjs";

const server = await start_demo();
const browser = await launch();
const print = (line) => console.log(JSON.stringify(line));

const manifest = JSON.parse(readFileSync(join(top, "build", "web", "dist", "manifest.json"), "utf8"));
const loads = [];
const context = await browser.newContext({ locale: "zh-CN", viewport: desktop });
const page = await context.newPage();
page.on("response", async (response) => {
  const { pathname } = new URL(response.url());
  if (pathname.startsWith("/api/")) return;
  const sizes = await response.request().sizes().catch(() => null);
  if (sizes) loads.push({ pathname, bytes: sizes.responseBodySize });
});
await page.goto(`${server.url}/`);
const field = page.getByRole("textbox", { name: "用户名或统一社会信用代码" });
await field.waitFor({ state: "attached" });
await settle(page);
const by_kind = (pattern) => loads.filter((one) => pattern.test(one.pathname)).reduce((sum, one) => sum + one.bytes, 0);
print({ bench: "first_view_bytes", total_kb: +(by_kind(/./) / 1024).toFixed(1),
  wasm_kb: +(by_kind(/\.wasm$/) / 1024).toFixed(1), js_kb: +(by_kind(/\.js$/) / 1024).toFixed(1),
  other_kb: +(by_kind(/(?<!\.wasm|\.js)$/) / 1024).toFixed(1), files: Object.keys(manifest.files ?? manifest).length });

async function median(count, measure) {
  const times = [];
  for (let i = 0; i < count; ++i) times.push(await measure());
  return times.sort((a, b) => a - b)[Math.floor(count / 2)];
}
async function navigation(cold) {
  const fresh = cold ? await browser.newContext({ locale: "zh-CN", viewport: desktop }) : context;
  const tab = await fresh.newPage();
  const began = performance.now();
  await tab.goto(`${server.url}/`, { waitUntil: "commit" });
  await tab.locator("input, nav").first().waitFor({ state: "attached" });
  const elapsed = performance.now() - began;
  await (cold ? fresh.close() : tab.close());
  return elapsed;
}
print({ bench: "navigation_to_sign_in", cache: "cold", median_ms: Math.round(await median(5, () => navigation(true))) });
print({ bench: "navigation_to_sign_in", cache: "warm", median_ms: Math.round(await median(5, () => navigation(false))) });
await fill_sign_in(page, "lingang");
const pressed = performance.now();
await page.getByRole("button", { name: "登录", exact: true }).click();
await page.getByRole("region", { name: "下一个预约" }).waitFor({ state: "attached" });
print({ bench: "sign_in_to_home", ms: Math.round(performance.now() - pressed) });
print({ bench: "navigation_to_home", cache: "warm", median_ms: Math.round(await median(5, () => navigation(false))) });

// Without a network: what the service worker has put on the device.
await page.evaluate(async () => { await navigator.serviceWorker.ready; });
await context.setOffline(true);
print({ bench: "navigation_offline", cache: "service worker", median_ms: Math.round(await median(5, offline_navigation)) });
await context.setOffline(false);
async function offline_navigation() {
  const tab = await context.newPage();
  const began = performance.now();
  await tab.goto(`${server.url}/`, { waitUntil: "commit" });
  await tab.waitForFunction(() => window.yuanyue?.frames > 0 && document.querySelector("main") !== null);
  const elapsed = performance.now() - began;
  await tab.close();
  return elapsed;
}

// The busiest views, redrawn again and again by a pointer that moves over them. Moved from inside the page: each command of
// the test's own process would take a core away from the frame that is measured.
const frames_measured = 400;
for (const view of ["/", await reschedule_route()]) {
  await go(page, view);
  await measure_frames(page, view);
}
async function measure_frames(page, view) {
  await settle(page);
  const times = await page.evaluate((count) => new Promise((done) => {
    const taken = [];
    let drawn = window.yuanyue.frames;
    const step = () => {
      if (window.yuanyue.frames > drawn) taken.push(window.yuanyue.lastMs);
      if (taken.length === count) return done(taken);
      drawn = window.yuanyue.frames;
      const at = { clientX: 300 + (taken.length % 40) * 15, clientY: 200 + (taken.length % 30) * 15, bubbles: true };
      document.elementFromPoint(at.clientX, at.clientY).dispatchEvent(new PointerEvent("pointermove", at));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }), frames_measured);
  times.sort((a, b) => a - b);
  print({ bench: "frame_cpu", view: view.replace(/[0-9A-Z]{8}/, "CODE"), median_ms: +times[frames_measured / 2].toFixed(2),
    p95_ms: +times[frames_measured * 0.95].toFixed(2) });
}
const gallery_server = await serve_page("build/web/gallery/dist");
const gallery = await browser.newPage({ locale: "zh-CN", viewport: desktop });
await gallery.goto(gallery_server.url);
await gallery.getByRole("main").waitFor({ state: "attached" });
await measure_frames(gallery, "gallery");
await gallery.close();
await gallery_server.close();
async function reschedule_route() {
  await go(page, "/");
  return (await page.getByRole("link", { name: /^改时间：12月3日/ }).getAttribute("href")).slice(1);
}

await go(page, "/account");
await page.mouse.move(5, 5);
await page.waitForTimeout(2000);
const idle = await page.evaluate(() => window.yuanyue.frames);
await page.waitForTimeout(10_000);
print({ bench: "idle_frames", seconds: 10, frames: (await page.evaluate(() => window.yuanyue.frames)) - idle });
await browser.close();
await server.stop();
