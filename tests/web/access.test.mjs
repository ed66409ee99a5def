// Every view by screen reader rules, by keyboard alone, by an input method, on a phone, in English, in the dark.
import assert from "node:assert/strict";
import { test } from "node:test";

import { browser_of_file, choose_day, demo_of_file, demo_password, go, kiosk, open_app, open_signed_in, phone,
  picture, see, settle } from "./support/app.mjs";
import { serious_findings } from "./support/axe.mjs";
import { ask_server, stands_at } from "./support/replica.mjs";

const browser = await browser_of_file();
const server = await demo_of_file();

async function booking_route(page) {
  const href = await page.getByRole("link", { name: /^详情：12月3日/ }).getAttribute("href");
  return href.slice(1);
}

for (const [name, viewport] of [["a desktop", undefined], ["a phone", phone], ["a kiosk", kiosk]]) {
  test(`axe finds nothing serious, and the headings are in order, on any view of ${name}`, { timeout: 180_000 }, async () => {
    const { page, context, problems } = await open_app(browser, server, viewport ? { viewport } : {});
    assert.deepEqual(await serious_findings(page), [], "sign-in");
    await page.getByRole("textbox", { name: "用户名或统一社会信用代码" }).fill("lingang");
    await page.getByLabel("密码", { exact: true }).fill(demo_password);
    await page.keyboard.press("Enter");
    await see(page.getByRole("region", { name: "下一个预约" }));
    const booking = await booking_route(page);
    const views = ["/", booking, `${booking}/reschedule`, `${booking}/reschedule?wait=1`, "/book",
      "/book/qualification", "/waitlist", "/inbox", "/account", "/outbox", "/no-such-page"];
    for (const view of views) {
      await go(page, view);
      assert.deepEqual(await serious_findings(page), [], `${view} on ${name}`);
      assert.equal(await page.getByRole("heading", { level: 1 }).count() > 0, true, `a heading on ${view}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(wide, false, `${view} scrolls sideways on ${name}`);
    }
    assert.deepEqual(problems, []);
    await context.close();
  });
}

// Presses Tab until the focused element has this accessible name.
async function tab_to(page, name) {
  for (let i = 0; i < 80; ++i) {
    await page.keyboard.press("Tab");
    await page.waitForTimeout(15);
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element.getAttribute("aria-label") ?? element.textContent ?? "";
    });
    if (focused.includes(name)) return;
  }
  assert.fail(`Tab never reached ${name}`);
}

test("the skip link leads past the navigation into the page", async () => {
  const { page, context } = await open_signed_in(browser, server, "haiyue");
  for (const view of ["/", "/bookings"]) {
    await go(page, view);
    await settle(page);
    await page.getByRole("button", { name: "跳到主要内容" }).press("Enter");
    await page.waitForFunction(() => document.activeElement?.tagName === "MAIN");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main, [role=main]") !== null), view);
  }
  await context.close();
});

test("a page without a chosen language speaks the browser's", async () => {
  for (const [locale, heading] of [["en-US", "Sign in"], ["zh-TW", "登录"], ["fr-FR", "登录"]]) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(server.url);
    await see(page.getByRole("heading", { name: heading }));
    await context.close();
  }
});

test("an appointment is moved with the keyboard alone", { timeout: 120_000 }, async () => {
  const { page, context } = await open_app(browser, server);
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  await page.keyboard.type("haiyue");
  await page.keyboard.press("Tab");
  await page.keyboard.type(demo_password);
  await page.keyboard.press("Enter");
  await see(page.getByRole("navigation", { name: "主导航" }));
  await settle(page);
  await tab_to(page, "改时间：12月4日");
  await page.keyboard.press("Enter");
  await page.waitForURL(/reschedule$/);
  await settle(page);
  // The keyboard enters the month where the booking is now.
  await tab_to(page, "12月4日");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-current")), "date");
  await page.keyboard.press("ArrowDown");
  for (let i = 0; i < 3; ++i) await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  await see(page.getByRole("heading", { name: /12月8日/ }));
  await settle(page);
  await tab_to(page, "9:00–11:00 余");
  await page.keyboard.press("Enter");
  await see(page.getByRole("button", { name: "确认改到这个时间" }));
  await tab_to(page, "确认改到这个时间");
  await picture(page, "keyboard");
  await page.keyboard.press("Enter");
  await see(page.getByRole("status").filter({ hasText: "12月8日(周二)9:00–11:00" }));
  await context.close();
});

test("Chinese typed through an input method arrives whole, once", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang", { route: "/book" });
  await go(page, "/book");
  const search = page.getByRole("searchbox");
  await search.focus();
  const cdp = await context.newCDPSession(page);
  for (const text of ["s", "sh", "shui", "shui'wu"]) {
    await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(30);
  }
  await cdp.send("Input.insertText", { text: "税务" });
  await settle(page);
  assert.equal(await search.inputValue(), "税务");
  await see(page.getByRole("main").getByText("税务登记"));
  assert.equal(await page.getByRole("main").getByText("资质认定", { exact: true }).count(), 0);
  await context.close();
});

test("on a phone the appointment is moved by touch, and the page is as wide as the screen", async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang", { viewport: phone, hasTouch: true,
    isMobile: true, deviceScaleFactor: 2 });
  await see(page.getByRole("region", { name: "下一个预约" }));
  await picture(page, "phone-home");
  await page.getByRole("link", { name: /改时间：12月3日/ }).tap();
  await page.waitForURL(/reschedule$/);
  await settle(page);
  await page.getByRole("gridcell", { name: /^12月9日/ }).tap();
  await page.getByRole("radio", { name: /14:00–16:00/ }).tap();
  await settle(page);
  await picture(page, "phone-reschedule");
  await page.getByRole("button", { name: "确认改到这个时间" }).tap();
  await see(page.getByRole("status").filter({ hasText: "12月9日(周三)14:00–16:00" }));
  const asked = await ask_server(server);
  await stands_at(asked, "2026-12-09");
  await page.getByRole("button", { name: /撤回，改回 12月3日/ }).tap();
  await stands_at(asked, "2026-12-03"); // or the next test would find the appointment elsewhere
  await context.close();
});

test("a lost connection shows, keeps what was done, and recovers by itself", { timeout: 90_000 }, async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  await see(page.getByRole("region", { name: "下一个预约" }));
  await page.getByRole("link", { name: /改时间：12月3日/ }).click();
  await context.setOffline(true);
  await see(page.getByRole("banner").getByText(/离线/));
  await choose_day(page, "2026年12月", /^12月10日/);
  await page.getByRole("radio", { name: /9:00–11:00/ }).click();
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  await see(page.getByText(/待确认/));
  await picture(page, "offline");
  await context.setOffline(false);
  await see(page.getByRole("banner").getByText("在线", { exact: true }));
  await see(page.getByText("改好了"));
  const asked = await ask_server(server);
  await stands_at(asked, "2026-12-10");
  await page.getByRole("button", { name: /撤回，改回 12月3日/ }).click();
  await stands_at(asked, "2026-12-03");
  await context.close();
});

test("the first sign-in asks for a new password, a wrong one says so", async () => {
  const { page, context } = await open_app(browser, server);
  await page.getByRole("textbox", { name: "用户名或统一社会信用代码" }).fill("newcomer");
  await page.getByLabel("密码", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await see(page.getByText(/用户名或密码不对/));
  assert.equal(await page.getByRole("textbox", { name: "用户名或统一社会信用代码" }).inputValue(), "newcomer");
  await page.getByLabel("密码", { exact: true }).fill("first-sign-in-2026");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/password/);
  await settle(page);
  const field = (name) => page.getByLabel(name, { exact: true });
  await field("现在的密码").fill("first-sign-in-2026");
  await field("新密码").fill("a longer password 园约");
  await field("再输一次新密码").fill("a longer password 园约");
  await page.getByRole("button", { name: "保存新密码" }).click();
  await see(page.getByRole("navigation", { name: "主导航" }));
  await context.close();
});

test("English and the dark theme", async () => {
  const { page, context } = await open_signed_in(browser, server, "qiming", { colorScheme: "dark" });
  await picture(page, "home-dark");
  await page.getByRole("button", { name: "English" }).click();
  await see(page.getByRole("navigation", { name: /main/i }));
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await picture(page, "home-english");
  await context.close();
});

test("nothing is drawn while nothing changes, also when a long poll ends without news", { timeout: 90_000 }, async () => {
  const { page, context } = await open_signed_in(browser, server, "lingang");
  await go(page, "/account");
  await page.waitForTimeout(3000);
  const before_idle = await page.evaluate(() => window.yuanyue.frames);
  await page.waitForResponse(/\/api\/v1\/pull/, { timeout: 40_000 });
  await page.waitForTimeout(1000);
  assert.equal(await page.evaluate(() => window.yuanyue.frames), before_idle);
  await context.close();
});
