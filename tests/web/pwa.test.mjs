// Installed: what the system is told, the page without a network, and newer builds.
import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Server, temp_folder, top } from "../backend/support/server.mjs";
import { browser_of_file, demo_of_file, go, monday_morning, open_app, open_signed_in, see,
  settle } from "./support/app.mjs";

const dist = join(top, "build", "web", "dist");

const browser = await browser_of_file();
const server = await demo_of_file();

const with_worker = { serviceWorkers: "allow" };
// The worker is at work once the whole build is on the device.
const worker_ready = (page) => page.evaluate(async () => { await navigator.serviceWorker.ready; });

// Width and height stand in a PNG's first chunk.
function png_size(bytes) {
  assert.equal(bytes.subarray(1, 4).toString("latin1"), "PNG");
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

test("the manifest says what an installed app needs, and its icons are what it says", async () => {
  const page = await (await fetch(`${server.url}/`)).text();
  const address = /<link rel="manifest" href="([^"]+)">/.exec(page)[1];
  const answer = await fetch(server.url + address);
  assert.equal(answer.headers.get("content-type"), "application/manifest+json");
  assert.equal(answer.headers.get("cache-control"), "no-cache");
  const manifest = await answer.json();
  assert.equal(manifest.start_url, "/");
  assert.equal(manifest.display, "standalone");
  assert.ok(manifest.name && manifest.short_name && manifest.theme_color && manifest.background_color);
  const pictures = manifest.icons.filter((icon) => icon.type === "image/png");
  assert.ok(pictures.some((icon) => icon.sizes === "192x192" && icon.purpose === "any"));
  assert.ok(pictures.some((icon) => icon.sizes === "512x512" && icon.purpose === "any"));
  assert.ok(pictures.some((icon) => icon.sizes === "512x512" && icon.purpose === "maskable"));
  for (const icon of pictures) {
    const picture = await fetch(server.url + icon.src);
    assert.equal(picture.headers.get("content-type"), "image/png");
    assert.equal(png_size(Buffer.from(await picture.arrayBuffer())), icon.sizes);
  }
});

test("the worker itself is asked for anew each time, what it lists may be kept for ever", async () => {
  const worker = await fetch(`${server.url}/sw.js`);
  assert.match(worker.headers.get("content-type"), /^text\/javascript/);
  assert.equal(worker.headers.get("cache-control"), "no-cache");
  const listed = [...(await worker.text()).matchAll(/"?revision"?:(null|"[^"]*"),"?url"?:"([^"]+)"/g)];
  const addresses = listed.map(([, , address]) => address);
  const wanted = readdirSync(join(dist, "static")).filter((name) => !/\.(br|gz)$/.test(name) && !/^icon-.*\.png$/.test(name));
  assert.deepEqual(addresses.sort(), ["/index.html", ...wanted.map((name) => `/static/${name}`)].sort());
  for (const [, revision, address] of listed) {
    const hashed = address.startsWith("/static/");
    assert.equal(revision === "null", hashed, address);
    const kept = (await fetch(server.url + address)).headers.get("cache-control");
    assert.equal(kept, hashed ? "public, max-age=31536000, immutable" : "no-cache", address);
  }
});

test("without a network the page opens from the device, whatever its address", { timeout: 120_000 }, async (t) => {
  const { page, context, problems } = await open_app(browser, server, with_worker);
  await see(page.getByRole("button", { name: "登录", exact: true }));
  await worker_ready(page);
  await context.setOffline(true);
  for (const address of ["/", "/#/book", "/somewhere/else"]) {
    await page.goto("about:blank");
    await page.goto(server.url + address);
    await page.waitForFunction(() => window.yuanyue?.frames > 0);
    await see(page.getByRole("heading", { level: 1 }).or(page.getByText("连不上服务器")));
    const opened = await page.evaluate(() => Math.round(performance.getEntriesByType("paint").at(-1)?.startTime ?? 0));
    t.diagnostic(`offline ${address}: painted after ${opened} ms, ${await page.evaluate(() =>
      Math.round(performance.now()))} ms until looked at`);
  }
  await context.setOffline(false);
  await see(page.getByRole("button", { name: "登录", exact: true }));
  assert.deepEqual(problems, []);
  await context.close();
});

test("answers of the server's API are never kept", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang", with_worker);
  await worker_ready(page);
  await page.reload();
  await see(page.getByRole("region", { name: "下一个预约" }));
  const kept = await page.evaluate(async () => {
    const addresses = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) addresses.push(new URL(request.url).pathname);
    }
    return addresses;
  });
  assert.ok(kept.includes("/index.html"));
  assert.deepEqual(kept.filter((path) => path !== "/index.html" && !path.startsWith("/static/")), []);
  await context.close();
});

// Another build: the page says "second" of itself, and one file has another address.
function make_second_build(folder) {
  const replace_in = (path, from, to) => {
    const text = readFileSync(path, "utf8");
    assert.ok(text.includes(from), `${from} in ${path}`);
    writeFileSync(path, text.replaceAll(from, to));
    for (const coding of ["br", "gz"]) rmSync(`${path}.${coding}`, { force: true });
  };
  const style = readdirSync(join(folder, "static")).find((name) => /^main-\w+\.css$/.test(name));
  const renamed = "main-SECOND00.css";
  cpSync(join(folder, "static", style), join(folder, "static", renamed));
  for (const coding of ["", ".br", ".gz"]) rmSync(join(folder, "static", style + coding), { force: true });
  replace_in(join(folder, "index.html"), style, renamed);
  replace_in(join(folder, "index.html"), "<head>", '<head><meta name="build" content="second">');
  const worker = readFileSync(join(folder, "sw.js"), "utf8");
  const revision = /revision"?:"([^"]+)"/.exec(worker)[1];
  replace_in(join(folder, "sw.js"), revision, "0123456789abcdef0123456789abcdef");
  replace_in(join(folder, "sw.js"), style, renamed);
}

test("a new build waits until its user wants it, and is used as a whole", { timeout: 120_000 }, async () => {
  const folder = temp_folder();
  cpSync(dist, folder, { recursive: true });
  const updated = await Server.start({ demo: true, now: monday_morning, args: ["--web", folder] });
  const { page, context, problems } = await open_signed_in(browser, updated, "lingang", with_worker);
  await see(page.getByRole("region", { name: "下一个预约" }));
  await worker_ready(page);
  const build = () => page.evaluate(() => document.querySelector("meta[name=build]")?.content ?? "first");

  make_second_build(folder);
  const look_again = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await look_again();
  const notices = page.getByRole("region", { name: "提示", exact: true });
  await see(notices.getByText("有新版本，刷新后使用"));
  // Until then everything is of the first build, also when it is opened again.
  await go(page, "/book");
  await see(page.getByRole("heading", { level: 1 }));
  assert.equal(await build(), "first");
  await page.reload();
  await see(notices.getByText("有新版本，刷新后使用"));
  assert.equal(await build(), "first");
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  assert.deepEqual(loaded.filter((name) => name.includes("SECOND00")), []);

  await notices.getByRole("button", { name: "刷新", exact: true }).click();
  await page.waitForFunction(() => document.querySelector("meta[name=build]")?.content === "second");
  await see(page.getByRole("heading", { level: 1 }));
  await settle(page);
  assert.equal(await notices.getByText("有新版本").count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
  await updated.stop();
});

test("a server that this page is too old for leads to the same prompt, and the page goes on working", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  await see(page.getByRole("region", { name: "下一个预约" }));
  await page.route("**/api/v1/pull?*", (route) => route.fulfill({ status: 426, contentType: "application/json",
    body: JSON.stringify({ code: "protocol_too_old", message: "" }) }));
  await go(page, "/outbox");
  await page.getByRole("button", { name: "现在同步" }).click();
  await see(page.getByRole("region", { name: "提示", exact: true }).getByText("有新版本，刷新后使用"));
  await see(page.getByRole("banner").getByText("需要刷新"));
  await see(page.getByRole("main").getByText("服务器已更新，这个页面刷新后才能继续提交。"));
  await page.unroute("**/api/v1/pull?*");
  await page.getByRole("main").getByRole("button", { name: "刷新", exact: true }).click();
  await see(page.getByRole("banner").getByText("在线", { exact: true }));
  await context.close();
});
