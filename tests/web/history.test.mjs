// What has left the replica: lists that go on into the archive as one scrolls, and bookings, waits and messages that are
// only there. The demonstration's first enterprise has a year of them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { browser_of_file, demo_of_file, go, gone, open_app, open_signed_in, phone, see, settle, sign_in,
  start_demo } from "./support/app.mjs";
import { serious_findings } from "./support/axe.mjs";
import { ask_server, open_tab, saved } from "./support/replica.mjs";
import { found_in, page_traces, private_files } from "./support/traces.mjs";

const browser = await browser_of_file();
const server = await demo_of_file();
const client = await ask_server(server);

async function archived(query) {
  const rows = [];
  for (let before = ""; ;) {
    const answer = await client.request("GET", `/api/v1/history?limit=100&${query}${before && `&before=${before}`}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    rows.push(...answer.body.rows);
    if (answer.body.next === undefined) return rows;
    before = encodeURIComponent(answer.body.next);
  }
}
const bookings = await archived("kind=booking");
const entries = await archived("kind=waitlist_entry");
const messages = await archived("kind=notification");

const display = (code) => `${code.slice(0, 4)}-${code.slice(4)}`;
const list = (page) => page.getByRole("list", { name: "以前的预约" });
const end = (page) => page.getByRole("status").filter({ hasText: /更早|没有/ });
const scroll_down = (page) => page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
async function scroll_to_end(page) {
  for (let i = 0; i < 20; ++i) {
    await scroll_down(page);
    await settle(page);
    if (!await page.getByText(/已全部显示。$/).count()) continue;
    await scroll_down(page);
    await settle(page);
    return;
  }
  assert.fail(`no end: ${await end(page).allInnerTexts()}`);
}
// Requests for history of this page, held up or answered by the test.
async function history_route(page, take) {
  const asked = [];
  await page.route("**/api/v1/history?*", async (route) => {
    asked.push(new URL(route.request().url()).search);
    await (take?.(route, asked.length) ?? route.continue());
  });
  return asked;
}

test("the demonstration has more in its archive than one page", () => {
  assert.ok(bookings.length > 32, `${bookings.length} bookings`);
  assert.ok(entries.length > 0 && messages.length > 0);
});

test("all bookings: the archive follows what is here, page by page, and then nothing is drawn", { timeout: 120_000 }, async () => {
  const { page, context, problems } = await open_signed_in(browser, server, "lingang");
  const asked = await history_route(page);
  await page.getByRole("link", { name: "所有预约" }).first().click();
  await see(page.getByRole("heading", { name: "所有预约", level: 1 }));
  await see(page.getByRole("list", { name: "将来的预约" }));
  await settle(page);
  assert.equal(asked.length, 1, "what is not in sight is not asked for");
  assert.match(await end(page).innerText(), /已显示 30 条更早的/);
  await scroll_to_end(page);
  assert.match(await end(page).innerText(), new RegExp(`更早的 ${bookings.length} 条记录已全部显示。`));
  await see(list(page).getByText(new RegExp(display(bookings.at(-1).code))));
  const items = list(page).getByRole("listitem");
  assert.ok(await items.count() < bookings.length, "what is not near the window is not there");
  const past = Number(await items.first().getAttribute("aria-setsize"));
  assert.equal(past, bookings.length + client.all("booking").filter((row) => row.status !== "confirmed").length);
  assert.equal(await page.getByRole("button", { name: "显示更早的" }).count(), 0);
  assert.equal(asked.length, Math.ceil(bookings.length / 30));
  const frames = await page.evaluate(() => window.yuanyue.frames);
  await page.waitForTimeout(1500);
  assert.equal(await page.evaluate(() => window.yuanyue.frames), frames, "nothing changes, nothing is drawn");
  assert.deepEqual(await serious_findings(page), []);
  // In memory for the session: the way back asks for nothing.
  await go(page, "/");
  await go(page, "/bookings");
  await scroll_to_end(page);
  assert.equal(asked.length, Math.ceil(bookings.length / 30));
  assert.deepEqual(problems, []);
  await context.close();
});

test("by the keyboard older rows come too, and the focus stays", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  const asked = await history_route(page);
  await go(page, "/bookings");
  const more = page.getByRole("button", { name: "显示更早的" });
  await see(end(page).filter({ hasText: "已显示 30 条" }));
  await more.evaluate((button) => button.focus({ preventScroll: true }));
  await page.keyboard.press("Enter");
  await see(end(page).filter({ hasText: "已全部显示" }));
  assert.equal(asked.length, 2);
  const focused = await page.evaluate(() => document.activeElement?.tagName);
  assert.notEqual(focused, "BODY");
  await context.close();
});

test("filters stand in the address, and the way back from a booking leads to the same place", { timeout: 120_000 }, async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  await go(page, "/bookings");
  await page.getByLabel("事项").selectOption({ label: "资质认定" });
  await page.waitForFunction(() => location.hash === "#/bookings?service=qualification");
  const qualification = bookings.filter((row) => row.block.service === "qualification");
  await scroll_to_end(page);
  assert.match(await end(page).innerText(), new RegExp(`${qualification.length} 条记录已全部`));
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "SELECT");
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByLabel("预约时间").selectOption({ label: "2025年" });
  await page.waitForFunction(() => location.hash === "#/bookings?service=qualification&period=2025");
  const of_2025 = await archived("kind=booking&service=qualification&from=2025-01-01&to=2025-12-31");
  await settle(page);
  const told = of_2025.length === 0 ? /没有/ : new RegExp(`${of_2025.length} 条记录已全部`);
  await see(end(page).filter({ hasText: told }));
  await page.getByLabel("事项").selectOption({ label: "所有事项" });
  await page.waitForFunction(() => location.hash === "#/bookings?period=2025");
  await page.getByLabel("预约时间").selectOption({ label: "2026年" });
  await page.waitForFunction(() => location.hash.endsWith("period=2026"));
  await scroll_to_end(page);
  const scrolled = await page.evaluate(() => window.scrollY);
  assert.ok(scrolled > 100, "it is a long list");
  await list(page).getByRole("link").last().click();
  await see(page.getByText("现在是存档"));
  await page.goBack();
  await page.waitForFunction(() => location.hash.endsWith("period=2026"));
  await settle(page);
  const back = await page.evaluate(() => window.scrollY);
  assert.ok(Math.abs(back - scrolled) < 80, `${back} after ${scrolled}`);
  await context.close();
});

test("an archived booking is read, with its whole timeline, and not changed; by id, code and old bookmark", { timeout: 120_000 }, async () => {
  const moved = bookings.find((row) => row.changes_used === 1);
  const app = await open_app(browser, server, { route: `/bookings/${moved.id}` });
  const { page, context } = app;
  await sign_in(page, "lingang");
  const main = page.getByRole("main");
  await see(main.getByText("这个预约早已结束，现在是存档"));
  await see(page.getByRole("link", { name: "返回所有预约" }));
  const timeline = page.getByRole("list", { name: "办理记录" });
  const told = await timeline.innerText();
  for (const fact of ["预约了", "改到", "预约时间已过"]) assert.ok(told.includes(fact), `${fact} in ${told}`);
  assert.equal(await page.getByRole("button", { name: "显示更早的记录" }).count(), 0);
  for (const name of [/改时间/, /取消预约/, /撤回/, /候补其他/, /有急事/]) {
    assert.equal(await main.getByRole("button", { name }).count() + await main.getByRole("link", { name }).count(), 0);
  }
  await see(main.getByRole("link", { name: "重新预约" }));
  assert.deepEqual(await serious_findings(page), []);

  const oldest = bookings.at(-1);
  await go(page, `/bookings/${display(oldest.code)}`);
  await see(main.getByText(new RegExp(display(oldest.code))));
  await see(main.getByText("现在是存档"));
  await go(page, "/bookings/0192f000-0000-7000-8000-000000000001");
  await see(main.getByText("没有找到这个预约"));
  await context.close();
});

test("a live booking of which the replica has the end only gets the beginning of its timeline on demand", async () => {
  const live = client.all("booking").find((row) => row.status === "ended");
  const made = client.ledger.find((entry) => entry.booking === live.id && entry.kind === "booking_made");
  const { page, context } = await open_app(browser, server);
  await page.route("**/api/v1/pull?*", async (route) => {
    try {
      const response = await route.fetch({ timeout: 60_000 });
      const body = await response.json();
      body.ledger = body.ledger.filter((entry) => entry.id !== made.id);
      await route.fulfill({ response, json: body });
    } catch {
      await route.abort().catch(() => {});
    }
  });
  await sign_in(page, "lingang");
  await go(page, `/bookings/${live.code}`);
  await settle(page);
  const timeline = page.getByRole("list", { name: "办理记录" });
  assert.ok(!(await timeline.innerText()).includes("预约了"));
  await page.getByRole("button", { name: "显示更早的记录" }).click();
  await see(timeline.getByText(/预约了/));
  assert.equal(await page.getByRole("button", { name: "显示更早的记录" }).count(), 0);
  await context.close();
});

test("archived waits and messages: in their lists, with links that lead to what they tell of", { timeout: 120_000 }, async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang", { viewport: phone, hasTouch: true });
  await go(page, "/waitlist");
  await scroll_to_end(page);
  const waits = page.getByRole("list", { name: "以前的候补" }).getByRole("listitem");
  assert.ok(await waits.count() >= entries.length);
  await waits.last().getByRole("link").click();
  await see(page.getByText("这条候补早已结束，现在是存档"));
  await see(page.getByRole("list", { name: "办理记录" }));
  assert.equal(await page.getByRole("button", { name: "退出候补" }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "修改" }).count(), 0);

  await go(page, "/inbox");
  await scroll_to_end(page);
  const last = page.getByRole("list", { name: "消息" }).getByRole("listitem").last();
  assert.equal(await last.getByRole("button").count(), 0, "nothing can be marked in an archive");
  await last.getByRole("link").click();
  await see(page.getByText("现在是存档"));
  assert.deepEqual(await serious_findings(page), []);
  await context.close();
});

test("without an answer it says so, and goes on by its button; offline, when the connection is back", { timeout: 120_000 }, async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  let broken = true;
  await history_route(page, (route) => (broken ? route.fulfill({ status: 503, body: "" }) : undefined));
  await go(page, "/bookings");
  await see(page.getByRole("status").filter({ hasText: "更早的记录没有加载出来" }));
  await settle(page);
  broken = false;
  await page.getByRole("button", { name: "再试一次" }).click();
  await see(end(page).filter({ hasText: "已显示 30 条" }));

  await context.setOffline(true);
  await go(page, `/bookings/${bookings.at(-1).id}`);
  await see(page.getByRole("status").filter({ hasText: "存档里的内容现在看不了" }));
  await context.setOffline(false);
  await see(page.getByText("现在是存档"));
  await context.close();
});

test("asked too often it goes on by itself; a session that is doubted and stands goes on too", { timeout: 120_000 }, async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  const error = (code) => JSON.stringify({ code, field: "", message: "" });
  const asked = await history_route(page, (route, count) => {
    if (count === 1) return route.fulfill({ status: 429, headers: { "Retry-After": "3" }, body: error("too_many_requests") });
    if (count === 2) return route.fulfill({ status: 401, body: error("unauthenticated") });
    return undefined;
  });
  await go(page, "/bookings");
  await see(page.getByRole("status").filter({ hasText: "稍等一会儿会自动继续" }));
  await page.waitForTimeout(800);
  assert.equal(asked.length, 1, "not before its time");
  await see(end(page).filter({ hasText: "已显示 30 条" }));
  assert.equal(asked.length, 3);
  await context.close();
});

test("nothing of it is on the disk, and with the session it goes; tabs that do not lead ask too", { timeout: 120_000 }, async () => {
  const { page: leader, context } = await open_signed_in(browser, server, "lingang");
  await saved(leader);
  const page = await open_tab(context, server, "/bookings");
  await see(end(page).filter({ hasText: "已显示 30 条" }));
  await go(leader, "/bookings");
  await see(end(leader).filter({ hasText: "已显示 30 条" }));
  await saved(leader);
  const texts = bookings.slice(0, 30).flatMap((row) => [row.id, row.code]);
  assert.ok(found_in(await page_traces(page), [display(bookings[0].code)]).length > 0, "it is there to be found");
  assert.deepEqual(found_in(await private_files(page), texts), []);
  await go(page, "/account");
  await page.getByRole("button", { name: "退出登录" }).click();
  for (const tab of [page, leader]) {
    await see(tab.getByRole("button", { name: "登录", exact: true }));
    await gone(tab.getByRole("list", { name: "以前的预约" }));
    assert.deepEqual(found_in(await page_traces(tab), texts), []);
    assert.deepEqual(found_in(await private_files(tab), texts), []);
  }
  await context.close();
});

test("a session that ends while one looks leads to the sign-in, and back to the list", { timeout: 120_000 }, async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  await go(page, "/bookings");
  await see(end(page).filter({ hasText: "已显示 30 条" }));
  await context.clearCookies();
  await scroll_down(page);
  await see(page.getByRole("button", { name: "登录", exact: true }));
  await sign_in(page, "lingang");
  await see(page.getByRole("heading", { name: "所有预约", level: 1 }));
  await see(end(page).filter({ hasText: "已显示 30 条" }));
  await context.close();
});

test("a booking that is archived while one looks stays in the list, and can be read", { timeout: 120_000 }, async () => {
  const before = await start_demo();
  const asker = await ask_server(before);
  const row = asker.all("booking").find((booking) => booking.status === "cancelled");
  await before.stop();
  // Rows are kept for 90 days after they are finished, which a cancelled one is when its time has passed.
  const passed = Date.parse(`${row.block.date}T${row.end}:00+08:00`);
  const instant = (days, minutes) => new Date(passed + days * 86_400_000 + minutes * 60_000).toISOString();
  const own = await start_demo({ data: before.data, demo: false, now: instant(90, -60) });
  const { page, context } = await open_signed_in(browser, own, "lingang");
  await go(page, "/bookings");
  await see(end(page).filter({ hasText: "已显示 30 条" }));
  const item = list(page).getByText(new RegExp(display(row.code)));
  await see(item);
  const items = list(page).getByRole("listitem");
  const there = await items.first().getAttribute("aria-setsize");
  const asked = await history_route(page);
  await own.move_clock(instant(90, 1));
  await see(end(page).filter({ hasText: "已显示 31 条" }));
  assert.equal(asked.length, 1, "the head once more");
  await see(item);
  assert.equal(await items.first().getAttribute("aria-setsize"), there);
  await go(page, `/bookings/${row.code}`);
  await see(page.getByText("这个预约早已取消，现在是存档"));
  await see(page.getByRole("list", { name: "办理记录" }).getByText("取消了预约"));
  await context.close();
  await own.stop();
});
