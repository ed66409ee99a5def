// Frames, scrolling, the WebGL context, routes, requests, settings, and browsers that lack something.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browser, button, context, page, problems, server } from "./platform_page.mjs";

const frames = () => page.evaluate(() => window.yuanyue.frames);
const has_text = (text) => page.getByText(text).waitFor({ state: "attached" });
// The share of the canvas that is not background.
const ink = () => page.evaluate(async () => {
  const canvas = document.getElementById("canvas");
  document.dispatchEvent(new PointerEvent("pointermove", { clientX: 5, clientY: 5, pointerType: "mouse" }));
  await new Promise(requestAnimationFrame);
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] < 128 && data[i + 3] === 255) ++dark;
  return dark;
});

test("no frames while nothing changes, and few when something does", async () => {
  await page.waitForTimeout(300);
  const before_idle = await frames();
  await page.waitForTimeout(2000);
  assert.equal(await frames(), before_idle);
  await button("点我").evaluate((element) => element.click());
  await page.waitForTimeout(300);
  const drawn = (await frames()) - before_idle;
  assert.ok(drawn >= 1 && drawn <= 3, `${drawn} frames for one click`);
});

// A key that comes while the page still rolls may be lost. Ask before it begins to roll.
const comes_to_rest = () => page.evaluate(() => new Promise((resolve) => {
  document.addEventListener("scrollend", () => resolve(), { once: true });
}));
test("the page scrolls natively and is drawn where it is", async () => {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(height > 1200, `${height} high`);
  const at_rest = comes_to_rest();
  await page.keyboard.press("PageDown");
  await at_rest;
  await page.waitForFunction(() => window.scrollY > 300);
  await page.keyboard.press("End");
  await page.waitForFunction(() => window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1);
  await button("点我").focus();
  await page.waitForFunction(() => window.scrollY < 200);
});

test("a box with more content than room scrolls by itself, and brings the focus into view", async () => {
  await button("行 6").focus();
  await page.getByText(/滚动 [1-9]/).waitFor({ state: "attached" });
  await button("行 6").click();
  await has_text("选了行 6");
  await button("行 1").focus();
  await has_text("选了行 6,滚动 0");
});

test("a hidden tab draws nothing and catches up when it is seen again", async () => {
  const show = (state) => page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
  await page.waitForTimeout(200);
  await show("hidden");
  const before_hiding = await frames();
  await button("定时").evaluate((element) => element.click());
  await page.waitForTimeout(300);
  assert.equal(await frames(), before_hiding);
  await show("visible");
  await has_text("定时 1");
});

test("a lost WebGL context comes back with everything on it", async () => {
  const whole = await ink();
  assert.ok(whole > 1000);
  await page.evaluate(() => {
    window.lose = document.getElementById("canvas").getContext("webgl2").getExtension("WEBGL_lose_context");
    window.lose.loseContext();
  });
  await page.waitForTimeout(200);
  await button("点我").evaluate((element) => element.click());
  await page.waitForTimeout(100);
  await page.evaluate(() => window.lose.restoreContext());
  await has_text("点了 1 次");
  await page.waitForTimeout(200);
  const restored = await ink();
  assert.ok(Math.abs(restored - whole) < whole * 0.02, `${whole} dark pixels before, ${restored} after`);
});

test("another window size or zoom is drawn sharp at once", async () => {
  await page.setViewportSize({ width: 500, height: 800 });
  await page.waitForFunction(() => document.getElementById("canvas").width >= 480 &&
    document.getElementById("canvas").width <= 500 && document.getElementById("canvas").height === 800);
  const client = await context.newCDPSession(page);
  await client.send("Emulation.setDeviceMetricsOverride", { width: 500, height: 800, deviceScaleFactor: 2, mobile: false });
  // Chromium's emulation tells of the new ratio only once something is rendered.
  await page.mouse.move(100, 100);
  await page.waitForFunction(() => document.getElementById("canvas").height === 1600);
  assert.ok((await ink()) > 1000);
});

test("routes: navigate, links, the back button, deep links", async () => {
  await button("去 B").click();
  await has_text("路径 /b");
  assert.equal(await page.evaluate(() => location.hash), "#/b");
  await page.evaluate(() => window.scrollTo(0, 400));
  await page.waitForTimeout(300);
  // Clicked by script, because Playwright would scroll to it first.
  await page.getByRole("link", { name: "去 C" }).evaluate((link) => link.click());
  await has_text("路径 /c?x=1");
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await page.goBack();
  await has_text("路径 /b");
  await page.waitForFunction(() => Math.abs(window.scrollY - 400) < 2);
  await page.goBack();
  await page.getByText("路径 /", { exact: true }).waitFor({ state: "attached" });
  await page.goto(`${server.url}#/deep/中文`);
  await page.reload();
  await has_text("路径 /deep/中文");
});

test("requests carry the token and report status, body and Retry-After", async () => {
  await button("请求").click();
  await has_text(`429 POST token-1 {"a":"中"} 2000`);
  problems.length = 0;  // Chromium reports the 429 itself
});

test("a request without an answer ends by its time limit", async () => {
  await button("慢请求").click();
  await has_text("慢 0");
});

test("timers, settings and the clipboard", async () => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button("定时").click();
  await has_text("定时 1");
  await button("记住").click();
  await has_text("设置 存");
  await page.reload();
  await has_text("设置 存");
  await button("复制").click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) === "复制的文字");
});

test("on paper the page is its text", async () => {
  await page.emulateMedia({ media: "print" });
  const heading = page.getByRole("heading", { level: 1 });
  assert.equal(await heading.evaluate((element) => getComputedStyle(element).color), "rgb(0, 0, 0)");
  assert.equal(await page.locator("#canvas").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
});

test("a browser without WebGL 2 gets a page that says so", async () => {
  const bare = await browser.newContext();
  const other = await bare.newPage();
  await other.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
      apply: (target, canvas, [kind, ...rest]) => kind === "webgl2" ? null : Reflect.apply(target, canvas, [kind, ...rest]),
    });
  });
  await other.goto(server.url);
  await other.getByRole("alert").filter({ hasText: "WebGL 2" }).waitFor();
  assert.equal(await other.locator("#canvas").isVisible(), false);
  await bare.close();
});

test("without JavaScript the page says what it needs", async () => {
  const bare = await browser.newContext({ javaScriptEnabled: false });
  const other = await bare.newPage();
  await other.goto(server.url);
  await other.locator("noscript p", { hasText: "本页面需要 JavaScript" }).waitFor();
  assert.equal(await other.locator("[data-startup=loading]").isVisible(), false);
  await bare.close();
});

test("a module that does not load leaves a way on", async () => {
  const bare = await browser.newContext();
  const other = await bare.newPage();
  await other.route("**/*.wasm", (route) => route.abort());
  await other.goto(server.url);
  await other.getByRole("button", { name: "重新加载" }).waitFor();
  await bare.close();
});
