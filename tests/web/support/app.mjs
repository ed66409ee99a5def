// The real page against the real server, with the demonstration park and its clock at a known Monday.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";

import { chromium } from "playwright-core";

import { Server, top } from "../../backend/support/server.mjs";

export const monday_morning = "2026-11-23T09:00:00+08:00";
export const demo_password = "yuanyue-demo";

const flags = [
  "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
  "--disable-quic",
];

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };
export const kiosk = { width: 1080, height: 1920 };

export function start_demo(options = {}) {
  return Server.start({ demo: true, now: monday_morning, ...options,
    args: ["--web", join(top, "build", "web", "dist"), ...(options.args ?? [])] });
}

export function launch() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
}
// The browser of a test file, closed after its tests.
export async function browser_of_file() {
  const browser = await launch();
  after(() => browser.close());
  return browser;
}
// The demonstration of a test file, stopped after its tests.
export async function demo_of_file() {
  const server = await start_demo();
  after(() => server.stop());
  return server;
}
// A browser with a profile in a folder.
export function launch_profile(folder, options = {}) {
  return chromium.launchPersistentContext(folder, { executablePath: "/usr/bin/chromium", args: flags, ...options });
}

// A page in a browser profile of its own. Script errors and breaches of the content security policy are
// collected in `problems`. Without service worker, which would keep requests from being held up by tests, unless
// serviceWorkers is "allow".
export async function open_app(browser, server, options = {}) {
  const { route = "/", ...rest } = options;
  const context = await browser.newContext({ locale: "zh-CN", viewport: desktop, serviceWorkers: "block", ...rest });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security")) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${server.url}/#${route}`);
  await page.getByRole("main").waitFor({ state: "attached" });
  return { context, page, problems };
}

export async function fill_sign_in(page, name, password = demo_password) {
  await page.getByRole("textbox", { name: "用户名或统一社会信用代码" }).fill(name);
  await page.getByLabel("密码", { exact: true }).fill(password);
}

export async function sign_in(page, name, password = demo_password) {
  await fill_sign_in(page, name, password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("navigation", { name: "主导航" }).waitFor({ state: "attached" });
}

export async function open_signed_in(browser, server, name, options = {}) {
  const app = await open_app(browser, server, options);
  await sign_in(app.page, name);
  return app;
}

export async function go(page, route) {
  await page.evaluate((hash) => { location.hash = hash; }, route);
}

// The page draws only when something changes; a picture is taken when it has come to rest.
export async function settle(page) {
  let last = -1;
  for (let i = 0; i < 40; ++i) {
    const frames = await page.evaluate(() => window.yuanyue.frames);
    if (frames === last) return;
    last = frames;
    await page.waitForTimeout(120);
  }
}

// Pictures land in build/images; UPDATE_IMAGES=1 renews those of the documentation.
const image_folder = process.env.UPDATE_IMAGES === "1" ? join(top, "docs", "images")
                                                       : join(top, "build", "images");
export async function picture(page, name) {
  mkdirSync(image_folder, { recursive: true });
  await settle(page);
  await page.screenshot({ path: join(image_folder, `${name}.png`) });
}

// By role, attached to the document: the elements over the canvas are transparent by design.
export async function see(locator) {
  await locator.first().waitFor({ state: "attached" });
}
export async function gone(locator) {
  await locator.first().waitFor({ state: "detached" });
}

export async function choose_day(page, month, day_name) {
  for (let i = 0; i < 3; ++i) {
    if (await page.getByRole("status").filter({ hasText: month }).count()) break;
    const title = await page.getByRole("grid").getAttribute("aria-label");
    const back = title !== null && title > month;
    await page.getByRole("button", { name: back ? "上个月" : "下个月" }).click();
    await settle(page);
  }
  await page.getByRole("gridcell", { name: day_name }).click();
}
