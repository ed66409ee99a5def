// Several tabs of one browser profile: one leads, the others work through it, and each can take over.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { browser_of_file, go, open_signed_in, see, settle, sign_in, start_demo } from "./support/app.mjs";
import { arrives_once, cut_off, move, moves_to, online, open_tab, reconnect, saved, shows_booking, signed_in,
  waiting } from "./support/replica.mjs";

const browser = await browser_of_file();
let server, context, leader;
beforeEach(async () => {
  server = await start_demo();
  const app = await open_signed_in(browser, server, "lingang");
  context = app.context;
  leader = app.page;
  await signed_in(leader);
  await saved(leader);
});
afterEach(async () => {
  await context?.close();
  await server?.stop();
});

const leads = (page) => page.evaluate(() => window.yuanyue.replica.open);
async function comes_to_lead(page) {
  await page.waitForFunction(() => window.yuanyue.replica.open, null, { timeout: 60_000 });
}

// A second tab, and the requests it makes to the server by itself.
async function open_follower() {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const requests = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (/\/(push|pull)$/.test(pathname)) requests.push(pathname);
  });
  await page.goto(`${server.url}/`);
  await signed_in(page);
  return { page, requests };
}

test("two tabs show the same, and only one of them speaks to the server", { timeout: 120_000 }, async () => {
  const { page: follower, requests } = await open_follower();
  await online(follower);
  assert.deepEqual([await leads(leader), await leads(follower)], [true, false]);
  await settle(follower);
  requests.length = 0;
  await move(follower, "12月3日", "12月2日");
  await arrives_once(server, "2026-12-02");
  await shows_booking(leader, "12月2日");
  await online(follower);
  await go(leader, "/");
  await move(leader, "12月2日", "12月4日");
  await go(follower, "/");
  await shows_booking(follower, "12月4日");
  await arrives_once(server, "2026-12-04");
  await online(follower);
  assert.deepEqual(requests, []);
});

test("without the server both tabs know of the other's edits, and each arrives once", { timeout: 120_000 }, async () => {
  const { page: follower } = await open_follower();
  await online(follower);
  await cut_off(context);
  await move(follower, "12月3日", "12月2日");
  await waiting(leader, 1);
  await shows_booking(leader, "12月2日");
  // A third tab, opened now, has only the leader to ask.
  const third = await open_tab(context, server);
  await signed_in(third);
  await shows_booking(third, "12月2日");
  await reconnect(context);
  await arrives_once(server, "2026-12-02");
  for (const page of [leader, follower, third]) await online(page);
});

test("the leader is closed in the middle of a push and a follower goes on", { timeout: 120_000 }, async () => {
  const { page: follower } = await open_follower();
  await online(follower);
  let executed;
  const reached = new Promise((resolve) => (executed = resolve));
  await leader.route("**/api/v1/push", async (route) => {
    await route.fetch();
    executed();  // and the answer never comes
  });
  await move(follower, "12月3日", "12月2日");
  await reached;
  await leader.close({ runBeforeUnload: false });
  await comes_to_lead(follower);
  await online(follower);
  await go(follower, "/");
  await shows_booking(follower, "12月2日");
  await saved(follower);
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 1, there: 1 });
});

test("the leader crashes with an outbox that never left, and a follower sends it", { timeout: 120_000 }, async () => {
  const { page: follower } = await open_follower();
  await online(follower);
  await cut_off(context);
  await move(leader, "12月3日", "12月2日");
  await saved(leader);
  await waiting(follower, 1);
  const devtools = await context.newCDPSession(leader);
  devtools.send("Page.crash").catch(() => {});
  await comes_to_lead(follower);
  await waiting(follower, 1);
  await leader.close();
  await reconnect(context);
  await arrives_once(server, "2026-12-02");
  await online(follower);
});

test("a tab that is put to sleep hands over, and works through the other when it wakes", { timeout: 120_000 }, async () => {
  const { page: follower } = await open_follower();
  await online(follower);
  // What the browser says to a page that it puts to sleep; here both are always looked at.
  await leader.evaluate(() => document.dispatchEvent(new Event("freeze")));
  await comes_to_lead(follower);
  await move(follower, "12月3日", "12月2日");
  await arrives_once(server, "2026-12-02");
  await leader.evaluate(() => document.dispatchEvent(new Event("resume")));
  await shows_booking(leader, "12月2日");
  await go(leader, "/");
  await move(leader, "12月2日", "12月4日");
  await arrives_once(server, "2026-12-04");
  assert.deepEqual([await leads(leader), await leads(follower)], [false, true]);
});

test("a leader that hangs does not stop the others", { timeout: 180_000 }, async () => {
  const { page: follower } = await open_follower();
  await online(follower);
  const hang = leader.evaluate(() => {
    const end = Date.now() + 25_000;
    while (Date.now() < end);
  });
  await move(follower, "12月3日", "12月2日");
  await arrives_once(server, "2026-12-02");  // past the leader, that still hangs
  await hang;
  await comes_to_lead(follower);
  await shows_booking(leader, "12月2日");
  await online(leader);
  assert.equal(await leads(leader), false);
});

test("signing out in one tab signs out and wipes in all", { timeout: 120_000 }, async () => {
  const { page: follower } = await open_follower();
  await online(follower);
  await go(follower, "/account");
  await follower.getByRole("button", { name: "退出登录" }).click();
  for (const page of [leader, follower]) {
    await see(page.getByRole("textbox", { name: "用户名或统一社会信用代码" }));
  }
  // Another user in one tab is soon the user of both, and nobody sees the other's rows.
  await sign_in(follower, "qiming");
  await leader.reload();
  await see(leader.getByRole("navigation", { name: "主导航" }));
  for (const page of [leader, follower]) {
    await see(page.getByRole("main").getByRole("heading", { level: 1 }));
    await settle(page);
    assert.equal(await page.getByText("上海临港新能源动力电池系统研究开发").count(), 0);
  }
});
