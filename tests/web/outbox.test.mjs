// What waits for the server, and what it refuses afterwards: said, explained, with other ways, until it is dealt with.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";

import { test_password } from "../backend/support/park.mjs";
import { browser_of_file, choose_day, desktop, go, gone, kiosk, open_app, phone, picture, see, settle,
  sign_in } from "./support/app.mjs";
import { serious_findings } from "./support/axe.mjs";
import { make_narrow_park, seat } from "./support/narrow_park.mjs";
import { saved } from "./support/replica.mjs";

const browser = await browser_of_file();
const park = await make_narrow_park(4);
after(() => park.server.stop());

async function open_enterprise(number, options = {}) {
  const app = await open_app(browser, park.server, options);
  await sign_in(app.page, park.accounts[number].user, test_password);
  await see(app.page.getByRole("region", { name: "下一个预约" }));
  await saved(app.page);
  return app;
}

// Without a connection: moves the booking to the only seat of a morning. Another enterprise takes it meanwhile.
async function lose_a_seat({ page, context }, day, rival) {
  const title = new RegExp(`^12月${day}日`);
  await context.setOffline(true);
  await see(page.getByRole("banner").getByText(/^离线/));
  await go(page, "/");
  await page.getByRole("link", { name: /改时间：12月3日/ }).click();
  await choose_day(page, "2026年12月", title);
  await page.getByRole("radio", { name: /9:00–11:00/ }).click();
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  await see(page.getByText(/待确认/));
  const taken = await park.clients[rival].push({ type: "book_appointment", booking: randomUUID(),
    block: seat(`2026-12-0${day}`, "09:00") });
  assert.ok(taken.accepted, JSON.stringify(taken));
}

test("a change without a connection waits visibly; refused later, it comes back with other ways", { timeout: 180_000 }, async () => {
  const app = await open_enterprise(0);
  const { page, context } = app;
  await lose_a_seat(app, 2, 3);

  await page.getByRole("banner").getByRole("button", { name: "离线 · 待同步 1" }).click();
  await page.waitForURL(/#\/outbox$/);
  const waiting = page.getByRole("list", { name: "等待提交" });
  await see(waiting.getByText(/12月3日\(周四\)14:00–16:00 改到 12月2日\(周三\)9:00–11:00/));
  await see(waiting.getByText("11月23日(周一)9:0", { exact: false }));
  await see(waiting.getByText("已保存，待确认"));
  await see(page.getByRole("main").getByText("离线，连不上服务器"));
  await picture(page, "outbox-offline");
  assert.deepEqual(await serious_findings(page), []);

  await context.setOffline(false);
  await see(page.getByRole("banner").getByText("冲突 1"));
  const card = page.getByRole("group", { name: "这个时间已满", exact: true }).first();
  await see(card.getByText(/服务器没有接受：把 .*12月3日\(周四\)14:00–16:00 改到 12月2日\(周三\)9:00–11:00/));
  await gone(waiting);
  for (const [name, viewport] of [["kiosk", kiosk], ["phone", phone], ["desktop", desktop]]) {
    await page.setViewportSize(viewport);
    await picture(page, `conflict-${name}`);
    assert.deepEqual(await serious_findings(page), [], name);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(wide, false, `scrolls sideways on a ${name}`);
  }

  // It is still there when the page is opened again, and on the first view too.
  await page.reload();
  await see(card);
  await go(page, "/");
  await see(card);
  const ways = card.getByRole("button", { name: /\d+:00–\d+:00 · 余 \d+/ });
  await see(ways.nth(2));  // the nearest free seats are those of now, so the rows must have come
  assert.equal(await ways.count(), 3);
  const way = await ways.first().innerText();
  await ways.first().click();
  await page.waitForURL(/#\/bookings\//);
  const block = way.slice(0, way.indexOf(" ·"));
  await see(page.getByRole("group", { name: "预约概况" }).getByText(block, { exact: true }));
  await see(page.getByRole("banner").getByText("在线", { exact: true }));
  await go(page, "/outbox");
  await see(page.getByText("没有等待提交的操作"));
  assert.equal(await card.count(), 0);
  assert.deepEqual(await serious_findings(page), []);
  assert.deepEqual(app.problems, []);
  await context.close();
});

test("understood, a refusal goes; signing out leaves none of it behind", { timeout: 180_000 }, async () => {
  const app = await open_enterprise(1);
  const { page, context } = app;
  await lose_a_seat(app, 4, 2);
  await context.setOffline(false);
  // Away from the view that was refused: a message leads to the reason.
  const notices = page.getByRole("region", { name: "提示", exact: true });
  await see(notices.getByText("有操作没有被服务器接受，看看原因和其他办法。"));
  await notices.getByRole("button", { name: "查看", exact: true }).click();
  await page.waitForURL(/#\/outbox$/);
  const card = page.getByRole("group", { name: "这个时间已满", exact: true }).first();
  await see(card);
  const stored = () => page.evaluate(() => localStorage.getItem("yuanyue.conflicts") ?? "");
  assert.match(await stored(), /block_full/);
  await page.getByRole("button", { name: "知道了：这个时间已满" }).click();
  await gone(card);
  assert.equal(await stored(), "");
  await see(page.getByRole("banner").getByText("在线", { exact: true }));

  await lose_a_seat(app, 7, 0);
  await context.setOffline(false);
  await see(page.getByRole("banner").getByText("冲突 1"));
  assert.match(await stored(), /block_full/);
  await go(page, "/account");
  await page.getByRole("button", { name: "退出登录" }).click();
  await see(page.getByRole("button", { name: "登录", exact: true }));
  assert.equal(await stored(), "");
  assert.deepEqual(app.problems, []);
  await context.close();
});

test("what cannot be kept is not lost by a reload without a question", { timeout: 90_000 }, async () => {
  const app = await open_app(browser, park.server);
  const { page, context } = app;
  // A browser that keeps nothing on the device.
  await context.addInitScript(() => { delete StorageManager.prototype.getDirectory; });
  await page.reload();
  await sign_in(page, park.accounts[2].user, test_password);
  await see(page.getByRole("region", { name: "下一个预约" }));
  await lose_a_seat(app, 8, 1);
  await context.route("**/api/v1/**", (route) => route.fulfill({ status: 426, contentType: "application/json",
    body: JSON.stringify({ code: "protocol_too_old", message: "" }) }));
  await context.setOffline(false);
  await go(page, "/outbox");
  await page.getByRole("main").getByRole("button", { name: "刷新", exact: true }).click();
  const question = page.getByRole("alertdialog", { name: "刷新会丢失没提交的操作" });
  await see(question);
  await question.getByRole("button", { name: "先不刷新" }).click();
  await gone(question);
  await settle(page);
  await see(page.getByRole("list", { name: "等待提交" }));
  await context.close();
});
