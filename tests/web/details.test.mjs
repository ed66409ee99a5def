// Small things that went wrong once, or that only a patient look finds.
import assert from "node:assert/strict";
import { test } from "node:test";

import { browser_of_file, choose_day, demo_of_file, go, gone, open_app, open_signed_in, phone, see, settle,
  start_demo } from "./support/app.mjs";

const browser = await browser_of_file();
const server = await demo_of_file();

test("a visitor's page logs no error", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  const logged = [];
  page.on("console", (message) => logged.push(`${message.type()}: ${message.text()}`));
  await page.goto(server.url);
  await see(page.getByRole("button", { name: "登录", exact: true }));
  assert.deepEqual(logged.filter((line) => /^(error|warning)/.test(line)), []);
  await context.close();
});

test("holidays have English names on an English page, and the strip names each day once", async () => {
  const holidays = await start_demo({ now: "2026-09-21T09:00:00+08:00" });
  const { page, context } = await open_signed_in(browser, holidays, "lingang");
  await page.getByRole("button", { name: "English" }).click();
  await go(page, "/book/qualification?step=time&date=2026-10-08");
  await see(page.getByRole("gridcell", { name: /^Fri 2 Oct, National Day$/ }));
  const names = await page.getByRole("gridcell").allInnerTexts();
  assert.deepEqual(names.filter((name) => /\p{Script=Han}/u.test(name)), []);
  await context.close();
  await holidays.stop();
});

test("the strip says the number of a counted day once, and why stands beside its sentence", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  await page.getByRole("link", { name: /^详情：12月3日/ }).click();
  const card = page.getByRole("group", { name: "预约概况" });
  await settle(page);
  const sentence = await card.getByText("可自助改约，最晚 12月1日(周二)17:00").boundingBox();
  const why = card.getByRole("button", { name: "为什么？" });
  const beside = await why.boundingBox();
  assert.ok(beside.x >= sentence.x + sentence.width, "on its right");
  assert.ok(Math.abs(beside.y + beside.height / 2 - sentence.y - sentence.height / 2) < 4, "on its line");
  await why.click();
  const days = await card.getByRole("list", { name: "截止时间是怎么算的" }).getByRole("listitem").allInnerTexts();
  assert.ok(days.some((day) => day.includes("第 3 个工作日")), days.join(" | "));
  for (const day of days) assert.ok((day.match(/第 \d 个工作日/g) ?? []).length <= 1, day);
  await context.close();
});

test("a message follows the language", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  await see(page.getByRole("region", { name: "下一个预约" }));
  await context.setOffline(true);
  await see(page.getByRole("region", { name: "提示", exact: true }).getByText(/连不上服务器/));
  await context.setOffline(false);
  const toast = page.getByRole("region", { name: "提示", exact: true }).getByText("连接已恢复。");
  await see(toast);
  await page.getByRole("button", { name: "English" }).click();
  await see(page.getByRole("region", { name: "Notices", exact: true }).getByText(/connection|again/i));
  assert.equal(await toast.count(), 0);
  await context.close();
});

test("a date in the address opens that day, also when the month is open already", async () => {
  const { page, context } = await open_signed_in(browser, server, "qiming");
  await go(page, "/book/qualification?step=time&date=2026-12-01");
  await see(page.getByRole("heading", { name: /12月1日/ }));
  await choose_day(page, "2026年12月", /^12月4日/);
  await see(page.getByRole("heading", { name: /12月4日/ }));
  await go(page, "/book/qualification?step=time&date=2026-11-27");
  await see(page.getByRole("heading", { name: /11月27日/ }));
  await context.close();
});

test("a tap beside the question keeps the appointment; confirmed, it is cancelled", async () => {
  const { page, context } = await open_signed_in(browser, server, "haiyue", { viewport: phone, hasTouch: true });
  await page.getByRole("link", { name: /^详情/ }).first().click();
  await page.getByRole("button", { name: "取消预约", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: /^取消 .* 的预约？$/ });
  await see(dialog);
  await page.touchscreen.tap(200, 60);
  await gone(dialog);
  await see(page.getByRole("main").getByText("已预约", { exact: true }));
  await page.getByRole("button", { name: "取消预约", exact: true }).click();
  await see(dialog);
  await dialog.getByRole("button", { name: "取消预约", exact: true }).click();
  await see(page.getByText("这个预约已取消"));
  await see(page.getByRole("link", { name: "重新预约" }));
  await context.close();
});

test("printed, a booking is its facts, without buttons, links and messages", async () => {
  const { page, context } = await open_signed_in(browser, server, "qiming");
  await page.getByRole("link", { name: /^详情/ }).first().click();
  await see(page.getByRole("heading", { name: "要带的材料" }));
  await settle(page);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByText("要带的材料", { exact: true }).first().isVisible(), true);
  assert.equal(await page.locator("a.node:visible, button.node:visible, .fixed:visible").count(), 0);
  await context.close();
});

const middle = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
const pointers = {
  mouse: async (page) => ({
    down: async ({ x, y }) => { await page.mouse.move(x, y); await page.mouse.down(); },
    move: ({ x, y }) => page.mouse.move(x, y),
    up: () => page.mouse.up(),
  }),
  finger: async (page) => {
    const devtools = await page.context().newCDPSession(page);
    const send = (type, touchPoints) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    return { down: (at) => send("touchStart", [at]), move: (at) => send("touchMove", [at]), up: () => send("touchEnd", []) };
  },
};
for (const [name, pointer_of] of Object.entries(pointers)) {
  test(`a press of the ${name} is for what it was on, though the page moves before it is lifted`, async () => {
    const { page, context } = await open_signed_in(browser, server, "lingang", { hasTouch: name === "finger" });
    const pointer = await pointer_of(page);
    await pointer.down(await middle(page.getByRole("button", { name: "English" })));
    await page.setViewportSize({ width: 1000, height: 800 });
    await settle(page);
    await pointer.up();
    await see(page.getByRole("button", { name: "中文" }));

    // Drawn away on purpose, it does nothing.
    const back = await middle(page.getByRole("button", { name: "中文" }));
    await pointer.down(back);
    await pointer.move({ x: back.x, y: back.y + 300 });
    await pointer.up();
    await settle(page);
    await see(page.getByRole("button", { name: "中文" }));
    await context.close();
  });
}

test("the server's answer to a reschedule moves nothing on the page", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  let answer;
  const asked = new Promise((resolve) => page.route("**/api/v1/push", (route) => {
    answer = () => route.continue();
    resolve();
  }));
  await go(page, "/");
  await page.getByRole("link", { name: /^改时间：12月3日/ }).click();
  await choose_day(page, "2026年12月", /^12月2日/);
  await page.getByRole("radio", { name: /14:00–16:00/ }).click();
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  const undo = page.getByRole("button", { name: /^撤回/ });
  await asked;
  await settle(page);
  await see(page.getByText(/待确认$/).first());
  const before_answer = await undo.boundingBox();
  await answer();
  await gone(page.getByText(/待确认$/));
  await settle(page);
  assert.deepEqual(await undo.boundingBox(), before_answer);
  await page.unroute("**/api/v1/push");
  await undo.click();
  await see(page.getByText(/已撤回/).first());
  await context.close();
});
