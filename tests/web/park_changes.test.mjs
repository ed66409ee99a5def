// What the hall changes under an appointment: a closure, a closure taken back, a service switched off, others who wait
// for the old time. The page says what holds now, promises what the rules will allow, and always leaves a way.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { Client } from "../backend/support/client.mjs";
import { test_password } from "../backend/support/park.mjs";
import { run_cli, run_cli_json } from "../backend/support/server.mjs";
import { time_ordered_uuid } from "../backend/support/time_ordered_uuid.mjs";
import { browser_of_file, choose_day, desktop, go, gone, kiosk, open_app, phone, picture, see, settle, sign_in } from "./support/app.mjs";
import { add_gate } from "./support/gate.mjs";
import { make_narrow_park, narrow_catalog, seat } from "./support/narrow_park.mjs";

const browser = await browser_of_file();
let park, boss, apps;
beforeEach(async () => {
  park = await make_narrow_park(2);
  boss = new Client(park.server.url);
  const account = run_cli_json("user", "add", "boss", "--role", "administrator", "--json", "--data", park.data);
  await boss.sign_in_first("boss", account.password, test_password);
  apps = [];
});
afterEach(async () => {
  for (const app of apps) {
    assert.deepEqual(app.problems, []);
    await app.context.close();
  }
  await park.server.stop();
});

async function open(which = 0, options = {}) {
  const app = await open_app(browser, park.server, options);
  await sign_in(app.page, park.accounts[which].user, test_password);
  apps.push(app);
  return app.page;
}

async function order(client, command) {
  const result = await client.push(command);
  assert.equal(result.accepted, true, JSON.stringify(result));
}
const afternoon = seat("2026-12-03", "14:00");
const close = (block, reason = "停电检修") => order(boss, { type: "override_block", block: { key: block, closed: true, reason } });
const open_again = (block) => order(boss, { type: "remove_block_override", block });

function switch_service(active) {
  const catalog = narrow_catalog();
  catalog.services[0].active = active;
  const file = join(park.data, "switched.json");
  writeFileSync(file, JSON.stringify(catalog));
  const run = run_cli("catalog", "import", file, "--data", park.data);
  assert.equal(run.code, 0, run.stderr);
  return run;
}

// At every size and in both themes, for people to look at: with YUANYUE_PICTURES=1, for they take their time.
async function pictures(page, name) {
  if (process.env.YUANYUE_PICTURES !== "1") return;
  for (const [size, viewport] of Object.entries({ desktop, phone, kiosk })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await picture(page, `${name}_${size}_${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(desktop);
}

async function choose(page, day, block) {
  await choose_day(page, "2026年12月", new RegExp(`^${day}`));
  await page.getByRole("radio", { name: block }).click();
}

async function change_time(page) {
  await go(page, "/");
  await page.getByRole("link", { name: /改时间：12月3日/ }).click();
}

test("a closure asks for another time; taken back, nothing asks any more and nothing stays unread", { timeout: 120_000 }, async () => {
  const page = await open();
  await close(afternoon);
  const asked = page.getByText("这个时间停办，需要改时间").or(page.getByText(/因停办需要改时间/));
  await see(asked);
  await pictures(page, "closure_home");
  await go(page, "/inbox");
  await see(page.getByRole("main").getByText(/12月3日.*因停办需要改时间，改约不受限制/));
  await pictures(page, "closure_inbox");

  await open_again(afternoon);
  await see(page.getByRole("main").getByText(/12月3日.*恢复办理，预约照旧，不用再改时间/));
  await gone(page.getByText(/因停办需要改时间，改约不受限制/));  // the toast of the closure neither
  await pictures(page, "reopened_inbox");
  await go(page, "/");
  await see(page.getByRole("region", { name: "下一个预约" }));
  await gone(asked);
  await see(page.getByText(/12月3日.*恢复办理，预约照旧/));
  await pictures(page, "reopened_home");
});

test("after a move that the hall made necessary nothing is promised that is refused: there is no taking back", { timeout: 120_000 }, async () => {
  const page = await open();
  await close(afternoon);
  await see(page.getByText(/因停办需要改时间/));
  await change_time(page);
  await see(page.getByText("原来的时间停办，请换一个时间"));
  await choose(page, "12月4日", /14:00–16:00/);
  assert.equal(await page.getByText(/可以撤回/).count(), 0, "no promise before");
  await pictures(page, "forced_move");
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  await see(page.getByRole("status").filter({ hasText: "12月4日" }));
  await settle(page);
  assert.equal(await page.getByRole("button", { name: /撤回/ }).count(), 0, "no button afterwards");
  await pictures(page, "forced_move_done");
});

test("where somebody waits for the old time, the page says before that the change cannot be taken back", { timeout: 120_000 }, async () => {
  const [mine, other] = park.clients;
  // The single seat of a morning: who leaves it while another waits has left it.
  const morning = seat("2026-12-02", "09:00");
  await order(mine, { type: "reschedule_booking", booking: park.bookings[0], from: afternoon, to: morning });
  const page = await open();
  await go(page, "/");
  await page.getByRole("link", { name: /改时间：12月2日/ }).click();
  await choose(page, "12月4日", /14:00–16:00/);
  const promise = page.getByText(/改完 .*内可以撤回/);
  const warning = page.getByText("有企业在候补原来的时间，改完不能撤回");
  await see(promise);
  assert.equal(await warning.count(), 0);

  const entry = time_ordered_uuid();
  await order(other, { type: "join_waitlist", entry, service: "qualification", wishes: [{ date: morning.date, part: "morning" }],
    auto_accept: false });
  await see(warning);
  await gone(promise);
  await pictures(page, "no_undo_waiting");
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  await see(page.getByRole("status").filter({ hasText: "12月4日" }));
  await settle(page);
  assert.equal(await page.getByRole("button", { name: /撤回/ }).count(), 0);
});

test("a service switched off while its day is closed: the page says so, and what can be done", { timeout: 120_000 }, async () => {
  const page = await open();
  await close(afternoon);
  await see(page.getByText(/因停办需要改时间/));
  const run = switch_service(false);
  assert.match(run.stderr, /\S/, "the administrator is told whom it touches");
  await see(page.getByText("这个事项已暂停办理，现在不能自助改约；请致电服务大厅"));
  await see(page.getByRole("link", { name: /^联系大厅：12月3日/ }));
  await pictures(page, "service_off_home");

  await page.getByRole("link", { name: /^详情/ }).first().click();
  await see(page.getByText("原来的时间停办，事项也已暂停办理"));
  assert.equal(await page.getByRole("link", { name: "改时间", exact: true }).count(), 0, "no way into a refusal");
  await see(page.getByRole("button", { name: "取消预约", exact: true }));
  await pictures(page, "service_off_booking");
  await page.getByRole("main").getByRole("link", { name: "联系大厅", exact: true }).click();
  await see(page.getByText("这个事项已暂停办理"));
  assert.equal(await page.getByRole("gridcell").count(), 0, "no times that would all be refused");
  await pictures(page, "service_off_reschedule");

  await go(page, "/book/qualification?step=time");
  await see(page.getByText("“资质认定”已暂停办理"));
  assert.equal(await page.getByRole("gridcell").count(), 0);
  await pictures(page, "service_off_book");

  switch_service(true);
  await go(page, "/");
  await change_time(page);
  await choose(page, "12月4日", /14:00–16:00/);
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  await see(page.getByRole("status").filter({ hasText: "12月4日" }));
});

test("a time chosen while the service is switched off elsewhere is refused with what is so, and nothing is lost", { timeout: 120_000 }, async () => {
  const app = await open_app(browser, park.server);
  apps.push(app);
  const { page } = app;
  const gate = await add_gate(page);
  await sign_in(page, park.accounts[0].user, test_password);
  await change_time(page);
  await choose(page, "12月4日", /14:00–16:00/);
  gate.shut();  // the page has not heard of it when it decides
  switch_service(false);
  const pushed = page.waitForResponse("**/api/v1/push");
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  assert.equal((await (await pushed).json()).results[0].rejection.code, "service_inactive");
  gate.open();
  await see(page.getByText("这个事项已暂停办理"));
  await settle(page);
  await pictures(page, "service_off_refused");
  await park.clients[0].pull();
  const booking = park.clients[0].rows.get(`booking ${park.bookings[0]}`);
  assert.deepEqual({ status: booking.status, block: booking.block }, { status: "confirmed", block: afternoon });
});
