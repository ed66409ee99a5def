// The replica of one tab: closed and opened again without the server, a server that is killed, storage that is not
// there or goes away, signing out.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { cancel_of } from "../backend/support/commands.mjs";
import { browser_of_file, go, gone, open_app, open_signed_in, see, settle, sign_in, start_demo } from "./support/app.mjs";
import { arrives_once, ask_server, close_cut_off, cut_off, move, moves_to, online, open_tab, reconnect, saved, shows_booking,
  signed_in, waiting } from "./support/replica.mjs";

const browser = await browser_of_file();
let server, app;
beforeEach(async () => { server = await start_demo(); });
afterEach(async () => {
  await app?.context.close();
  await server?.stop();
});

async function open(options) {
  app = await open_signed_in(browser, server, "lingang", options);
  await signed_in(app.page);
  await saved(app.page);
  return app;
}

test("an edit without the server outlives the tab and arrives exactly once", { timeout: 120_000 }, async () => {
  const { context, page, problems } = await open();
  await cut_off(context);
  await move(page, "12月3日", "12月2日");
  await waiting(page, 1);
  await saved(page);
  await close_cut_off(context, page);
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 0, there: 0 });

  // Nobody can be asked who is signed in; what was done is there.
  const again = await open_tab(context, server);
  await signed_in(again);
  await shows_booking(again, "12月2日");
  await waiting(again, 1);

  await reconnect(context);
  await arrives_once(server, "2026-12-02");
  await online(again);
  await shows_booking(again, "12月2日");
  await again.close();
  const third = await open_tab(context, server);
  await signed_in(third);
  await online(third);
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 1, there: 1 });
  assert.deepEqual(problems, []);
});

test("edits without the server in a page that was opened without it", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  await cut_off(context);
  await close_cut_off(context, page);
  const offline = await open_tab(context, server);
  await signed_in(offline);
  await move(offline, "12月3日", "12月2日");
  await waiting(offline, 1);
  await saved(offline);
  await reconnect(context);
  await arrives_once(server, "2026-12-02");
  await online(offline);
});

test("a page whose push was executed but not answered does not do it twice", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  let executed;
  const reached = new Promise((resolve) => (executed = resolve));
  await page.route("**/api/v1/push", async (route) => {
    await route.fetch();
    executed(route.request().postDataJSON());  // and the answer never comes
  });
  await move(page, "12月3日", "12月2日");
  const pushed = await reached;
  for (const id of [pushed.client, pushed.commands[0].id]) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/, "ordered by time, as the store keeps cheapest");
  }
  await page.close();
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 1, there: 1 });
  const again = await open_tab(context, server);
  await signed_in(again);
  await online(again);
  await shows_booking(again, "12月2日");
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 1, there: 1 });
});

test("a server that is killed and started again gets what was done meanwhile, once", { timeout: 120_000 }, async () => {
  const { page } = await open();
  const port = new URL(server.url).port;
  await server.kill();
  await move(page, "12月3日", "12月2日");
  await waiting(page, 1);
  server = await start_demo({ data: server.data, port });
  await arrives_once(server, "2026-12-02");
  await online(page);
});

test("a refusal that comes after the tab was opened again is told, with ways forward", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  await cut_off(context);
  await move(page, "12月3日", "12月2日", /9:00–11:00/);
  await saved(page);
  await close_cut_off(context, page);
  // Meanwhile the booking is cancelled elsewhere.
  const other = await ask_server(server);
  const booking = other.all("booking").find((row) => row.block.date === "2026-12-03");
  assert.ok((await other.push(cancel_of(booking))).accepted);
  await reconnect(context);
  const again = await open_tab(context, server);
  await see(again.getByRole("banner").getByText("冲突 1"));
  await go(again, "/outbox");
  await see(again.getByText(/服务器没有接受：把 .*改到 12月2日/));
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 0, there: 0 });
});

// --- whose replica it is -----------------------------------------------------------------------------------------

test("signing out wipes: without the server nothing is left to see", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  await go(page, "/account");
  await page.getByRole("button", { name: "退出登录" }).click();
  await see(page.getByRole("textbox", { name: "用户名或统一社会信用代码" }));
  await cut_off(context);
  await close_cut_off(context, page);
  const again = await open_tab(context, server);
  await see(again.getByText("连不上服务器").first());
  assert.equal(await again.getByText("资质认定").count(), 0);
  assert.equal(await again.getByRole("navigation", { name: "主导航" }).count(), 0);
});

test("another user never sees it, also when the session ended by itself", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  await cut_off(context);
  await move(page, "12月3日", "12月2日");
  await saved(page);
  await close_cut_off(context, page);
  await context.clearCookies();
  await reconnect(context);
  const other = await open_tab(context, server);
  await sign_in(other, "qiming");
  await see(other.getByRole("main").getByRole("heading", { level: 1 }));
  await settle(other);
  assert.equal(await other.getByText("上海临港新能源动力电池系统研究开发").count(), 0);
  assert.equal(await other.getByRole("group", { name: /资质认定 · 12月2日/ }).count(), 0);
  await saved(other);
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 0, there: 0 }, "not sent in the other's name");
  await other.close();
  // And the first one's is gone for good.
  await context.clearCookies();
  await cut_off(context);
  const later = await open_tab(context, server);
  await see(later.getByRole("navigation", { name: "主导航" }));
  assert.equal(await later.getByText("上海临港新能源动力电池系统研究开发").count(), 0);
});

test("the same user finds the outbox after the session ended by itself", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  await cut_off(context);
  await move(page, "12月3日", "12月2日");
  await saved(page);
  await close_cut_off(context, page);
  await context.clearCookies();
  await reconnect(context);
  const again = await open_tab(context, server);
  await sign_in(again, "lingang");
  await arrives_once(server, "2026-12-02");
});

// --- storage that is not there, or goes away -------------------------------------------------------------------------

test("without a private file system the page works online and says so", { timeout: 120_000 }, async () => {
  app = await open_app(browser, server);
  await app.page.addInitScript(() => { delete StorageManager.prototype.getDirectory; });
  await app.page.reload();
  await sign_in(app.page, "lingang");
  await see(app.page.getByText("不能在设备上保存数据"));
  await move(app.page, "12月3日", "12月2日");
  await arrives_once(server, "2026-12-02");
  assert.deepEqual(app.problems, []);
});

test("a full device is said, the work goes on, and is kept again when there is room", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: server.url, quotaSize: 1 });
  await move(page, "12月3日", "12月2日");
  await see(page.getByText(/存储空间已满|读写失败/));
  await arrives_once(server, "2026-12-02");
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: server.url });
  await saved(page);
  await gone(page.getByText(/存储空间已满|读写失败/));
  await cut_off(context);
  await close_cut_off(context, page);
  const again = await open_tab(context, server);
  await signed_in(again);
  await shows_booking(again, "12月2日");
});

test("a storage that is thrown away while it is used is said and made again", { timeout: 120_000 }, async () => {
  const { context, page } = await open();
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true }).catch(() => {});
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: server.url, storageTypes: "file_systems" });
  await move(page, "12月3日", "12月2日");
  await see(page.getByText("读写失败"));
  await arrives_once(server, "2026-12-02");
  await saved(page);
  await cut_off(context);
  await close_cut_off(context, page);
  const again = await open_tab(context, server);
  await signed_in(again);
  await shows_booking(again, "12月2日");
});
