// The main job, end to end: an enterprise signs in, understands until when it may change its appointment, moves it,
// takes it back, waits for a full block, is offered a seat that frees, and accepts it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { browser_of_file, choose_day, demo_of_file, go, gone, open_app, open_signed_in, picture, see,
  sign_in } from "./support/app.mjs";

const browser = await browser_of_file();
const server = await demo_of_file();
const enterprise = await open_app(browser, server);
const other = await open_signed_in(browser, server, "qiming");

// Steps follow each other in one browser, as they do for its user; the first that fails ends the story.
async function step(name, act) {
  try {
    await act();
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

test("the story of an appointment that is changed", { timeout: 240_000 }, async () => {
  const { page } = enterprise;
  const main = page.getByRole("main");
  let booking;

  await step("it signs in and sees its next appointment first", async () => {
    await picture(page, "sign-in");
    await sign_in(page, "lingang");
    await see(page.getByRole("region", { name: "下一个预约" }));
    await see(page.getByRole("group", { name: "资质认定 · 12月3日(周四)14:00–16:00 · 园区服务大厅" }));
    await picture(page, "home");
  });

  await step("why it may be changed until then unfolds in place", async () => {
    const card = page.getByRole("group", { name: /资质认定 · 12月3日/ });
    await see(card.getByText("可自助改约，最晚 12月1日(周二)17:00"));
    await card.getByRole("button", { name: "为什么？" }).click();
    await see(page.getByText("规则：提前 3 个工作日，预约当天也算。所以最晚在 12月1日(周二)17:00 前提交。"));
  });

  await step("past its deadline: the reason, and whom to ask, instead of a dead end", async () => {
    await page.getByRole("group", { name: /工商注册 · 11月24日/ }).getByRole("link", { name: /改时间/ }).click();
    await see(main.getByText("规则：提前 3 个工作日，预约当天也算。所以 11月20日(周五)17:00 已截止。"));
    await see(main.getByText(/021-5555/));
    await picture(page, "past-deadline");
    await page.goBack();
  });

  await step("it moves the appointment in place, three taps from home", async () => {
    await page.getByRole("link", { name: /改时间：12月3日/ }).click();
    await page.waitForURL(/reschedule$/);
    booking = /bookings\/(\w+)\/reschedule/.exec(page.url())[1];
    await choose_day(page, "2026年12月", /^12月2日/);
    await page.getByRole("radio", { name: /9:00–11:00/ }).click();
    await see(page.getByText("从 12月3日(周四)14:00–16:00"));
    await picture(page, "reschedule");
    await page.getByRole("button", { name: "确认改到这个时间" }).click();
    await see(page.getByRole("status").filter({ hasText: "12月2日(周三)9:00–11:00" }));
    await see(page.getByText("改好了"));
    await picture(page, "rescheduled");
  });

  await step("it takes the change back, and no change is used up", async () => {
    await page.getByRole("button", { name: /撤回，改回 12月3日/ }).click();
    await go(page, `/bookings/${booking}`);
    await see(main.getByText("还可以自己改 3 次（共 3 次）"));
    await see(main.getByRole("heading", { name: "12月3日(周四)14:00–16:00" }).or(main.getByText("12月3日(周四)14:00–16:00")));
  });

  await step("a full block offers the nearest seats and the waitlist, keeping the present one", async () => {
    await go(page, `/bookings/${booking}/reschedule`);
    await choose_day(page, "2026年11月", /^11月30日/);
    await page.getByRole("radio", { name: "9:00–11:00 已满" }).click();
    const full = page.getByRole("group", { name: "这个时间已满" });
    assert.equal(await full.getByRole("button", { name: /余 \d+$/ }).count(), 3);
    await picture(page, "full");
    await full.getByRole("button", { name: "候补这个时间，原预约保留" }).click();
    await page.waitForURL(/waitlist\/[0-9a-f-]+$/);
    await see(main.getByText(/11月30日\(周一\)9:00–11:00/));
    await see(main.getByText(/第 1 位/));
    await picture(page, "waitlist");
    await go(page, `/bookings/${booking}`);
    await see(main.getByText("12月3日(周四)14:00–16:00"));
  });

  await step("another enterprise moves away and the seat is offered at once, without a reload", async () => {
    await go(page, "/");
    await other.page.getByRole("link", { name: /改时间：11月30日/ }).click();
    await choose_day(other.page, "2026年12月", /^12月4日/);
    await other.page.getByRole("radio", { name: /14:00–16:00/ }).click();
    await other.page.getByRole("button", { name: "确认改到这个时间" }).click();
    await see(other.page.getByText("改好了"));
    await see(page.getByRole("main").getByText(/有空位/));
    await picture(page, "offer-on-home");
  });

  await step("it sees what it would give up and how long it may think, and accepts", async () => {
    await main.getByRole("link", { name: /^查看并答复：11月30日/ }).click();
    await page.waitForURL(/offers\//);
    await see(page.getByRole("timer"));
    await see(main.getByText(/12月3日\(周四\)14:00–16:00/));
    await picture(page, "offer");
    await page.getByRole("button", { name: "接受", exact: true }).click();
    await go(page, `/bookings/${booking}`);
    await see(main.getByText("11月30日(周一)9:00–11:00"));
    await picture(page, "booking");
  });

  await step("the timeline tells what happened, in words", async () => {
    const timeline = page.getByRole("list", { name: "办理记录" }).or(page.getByRole("region", { name: "办理记录" }));
    await see(timeline);
    const told = await timeline.first().innerText();
    for (const fact of ["预约", "改", "撤回"]) assert.ok(told.includes(fact), `${fact} in ${told}`);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await picture(page, "timeline");
  });

  assert.deepEqual([...enterprise.problems, ...other.problems], []);
});
