// Somebody or something is quicker: another device of the enterprise, an administrator, the deadline. The page never
// shows as done what was not, and nothing of its user stays when the session ends.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { test_password } from "../backend/support/park.mjs";
import { run_cli } from "../backend/support/server.mjs";
import { browser_of_file, choose_day, desktop, go, gone, open_app, phone, picture, see, settle, sign_in } from "./support/app.mjs";
import { add_gate } from "./support/gate.mjs";
import { make_narrow_park, narrow_catalog } from "./support/narrow_park.mjs";

const browser = await browser_of_file();
const park = await make_narrow_park(2);
after(() => park.server.stop());

async function open(which, viewport = desktop) {
  const app = await open_app(browser, park.server, { viewport });
  app.gate = await add_gate(app.page);
  await sign_in(app.page, park.accounts[which].user, test_password);
  return app;
}

async function choose(page, day) {
  await page.getByRole("link", { name: /改时间：12月3日/ }).click();
  await choose_day(page, "2026年12月", new RegExp(`^${day}`));
  await page.getByRole("radio", { name: /14:00–16:00/ }).click();
}
const confirm = (page) => page.getByRole("button", { name: "确认改到这个时间" });
const heading = (page, name) => page.getByRole("heading", { name, exact: true });

test("two devices of one enterprise move one appointment: the slower does not show the other's move as its own", { timeout: 120_000 }, async () => {
  const [quick, slow] = [await open(0), await open(0, phone)];
  await choose(quick.page, "12月4日");
  await choose(slow.page, "12月7日");
  slow.gate.shut();
  await confirm(quick.page).click();
  await see(heading(quick.page, "改好了"));
  await confirm(slow.page).click();
  await see(slow.page.getByRole("dialog").or(slow.page.getByRole("alertdialog")));
  slow.gate.open();
  await see(slow.page.getByText("这条预约刚刚被改到了别的时间"));
  await settle(slow.page);
  assert.equal(await heading(slow.page, "改好了").count(), 0);
  assert.equal(await slow.page.getByRole("button", { name: /撤回/ }).count(), 0, "that is the other's to take back");
  await slow.page.keyboard.press("Escape");
  await gone(slow.page.getByRole("dialog").or(slow.page.getByRole("alertdialog")));
  await see(slow.page.getByText(/现在：.*12月4日/));
  await picture(slow.page, "overtaken_phone");
  // It can go on from there.
  await choose_day(slow.page, "2026年12月", /^12月8日/);
  await slow.page.getByRole("radio", { name: /14:00–16:00/ }).click();
  await confirm(slow.page).click();
  await see(heading(slow.page, "改好了"));
  // And the first, which still shows its result, does not take this move for its own.
  await see(quick.page.getByText("这条预约刚刚被改到了别的时间"));
  for (const app of [quick, slow]) {
    assert.deepEqual(app.problems, []);
    await app.context.close();
  }
});

test("the result of a confirmed move is in sight on a phone, and the window says so", { timeout: 120_000 }, async () => {
  const app = await open(1, phone);
  await choose(app.page, "12月4日");
  await app.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await confirm(app.page).click();
  await see(heading(app.page, "改好了"));
  await settle(app.page);
  const box = await heading(app.page, "改好了").boundingBox();
  const bar = await app.page.getByRole("banner").boundingBox();
  assert.ok(box.y >= (bar === null ? 0 : bar.y + bar.height), `at ${box.y}, below the bar of ${bar?.height}`);
  assert.match(await app.page.title(), /改好了/);
  await picture(app.page, "moved_phone");
  await app.context.close();
});

test("past the deadline cancelling names the telephone, not a change that is refused", { timeout: 120_000 }, async () => {
  await park.server.move_clock("2026-12-03T09:00:00+08:00");
  const app = await open(1);
  await app.page.getByRole("button", { name: /^取消.*12月4日/ }).click();
  const dialog = app.page.getByRole("alertdialog");
  await see(dialog.getByText(/自助改时间已经截止.*应急改约/));
  await picture(app.page, "cancel_past_deadline");
  await app.page.keyboard.press("Escape");
  await app.context.close();
});

test("a service that is switched off is named, and found by who looks for it", { timeout: 120_000 }, async () => {
  const app = await open(0);
  await go(app.page, "/book/qualification");
  const catalog = narrow_catalog();
  catalog.services[0].active = false;
  const file = join(park.data, "paused.json");
  writeFileSync(file, JSON.stringify(catalog));
  assert.equal(run_cli("catalog", "import", file, "--data", park.data).code, 0);
  await see(app.page.getByText("“资质认定”已暂停办理"));
  await picture(app.page, "paused_service");
  await go(app.page, "/book");
  await app.page.getByRole("searchbox").fill("资质");
  await see(app.page.getByRole("link", { name: "“资质认定”已暂停办理" }));
  await picture(app.page, "paused_found");
  catalog.services[0].active = true;
  writeFileSync(file, JSON.stringify(catalog));
  assert.equal(run_cli("catalog", "import", file, "--data", park.data).code, 0);
  await app.context.close();
});

test("when the session is ended elsewhere, no message of its user stays on the page", { timeout: 120_000 }, async () => {
  const app = await open(1);
  const told = app.page.getByRole("region", { name: /通知|提示|消息/ }).or(app.page.getByRole("status"));
  await app.page.getByRole("button", { name: /^取消.*12月4日/ }).click();
  await app.page.getByRole("alertdialog").getByRole("button", { name: "取消预约" }).click();
  const toast = app.page.getByText(/已取消.*12月4日|12月4日.*已取消/).first();
  await see(toast);
  assert.ok((await told.count()) > 0);
  assert.equal(run_cli("user", "disable", park.accounts[1].user, "--data", park.data).code, 0);
  await see(app.page.getByRole("button", { name: "登录", exact: true }));
  await settle(app.page);
  assert.equal(await app.page.getByText(/12月4日/).count(), 0);
  await picture(app.page, "ended_elsewhere");
  await app.context.close();
});
