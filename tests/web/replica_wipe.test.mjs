// A browser that others use too: after a sign-out, an ended session or another user's sign-in nothing of the user can
// be read any more, by the bytes of every file; whatever dies or fails in between.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { browser_of_file, desktop, go, gone, open_app, open_signed_in, see, settle, sign_in, start_demo } from "./support/app.mjs";
import { arrives_once, ask_server, close_cut_off, cut_off, move, moves_to, online, open_tab, reconnect, saved, shows_booking,
  signed_in, waiting } from "./support/replica.mjs";
import { files_of_folder, found_in, meddle_with_wipe, open_profile, page_traces, personal, private_files } from "./support/traces.mjs";

const browser = await browser_of_file();
let server, contexts;
beforeEach(async () => {
  server = await start_demo();
  contexts = [];
});
afterEach(async () => {
  for (const context of contexts) await context.close().catch(() => {});
  await server?.stop();
});

async function open(name = "lingang", options = {}) {
  const app = await open_signed_in(browser, server, name, options);
  contexts.push(app.context);
  await signed_in(app.page);
  await saved(app.page);
  return app;
}

// What these tests look for is there to be found.
async function assert_kept(page) {
  const found = found_in(await private_files(page));
  for (const text of personal) assert.ok(found.some((line) => line.endsWith(text)), `${text} is kept while signed in`);
}

async function press_sign_out(page) {
  await go(page, "/account");
  await page.getByRole("button", { name: "退出登录" }).click();
}
const sign_in_field = (page) => page.getByRole("textbox", { name: "用户名或统一社会信用代码" });
const mark = (page) => page.evaluate(() => localStorage.getItem("yuanyue.replica.wipe"));
async function wiped(page) {
  await page.waitForFunction(() => localStorage.getItem("yuanyue.replica.wipe") === null);
}

async function assert_nothing_left(page, texts = personal) {
  assert.deepEqual(found_in(await private_files(page), texts), []);
  assert.deepEqual(found_in(await page_traces(page), texts), []);
}

// --- signing out ---------------------------------------------------------------------------------------------------

test("signing out leaves no byte: files, storage, caches, fields, memory", { timeout: 120_000 }, async () => {
  const { page, problems } = await open("lingang", { serviceWorkers: "allow" });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await assert_kept(page);
  await move(page, "12月3日", "12月2日");
  await online(page);
  await page.evaluate(() => { window.of_the_first = true; });
  await press_sign_out(page);
  await see(sign_in_field(page));
  await assert_nothing_left(page);
  assert.deepEqual((await private_files(page)).map(({ path }) => path), [".yuanyue-wiped"]);
  assert.equal(await page.evaluate(() => window.of_the_first), undefined, "it is a new page");
  assert.equal(await mark(page), null);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["yuanyue.left"]);
  const session = await page.request.get(`${server.url}/api/v1/session`);
  assert.equal(session.status(), 204);
  assert.deepEqual(problems, []);
});

test("on the disk of the browser's profile nothing is left either", { timeout: 120_000 }, async () => {
  const { folder, context, page } = await open_profile(server, { locale: "zh-CN", viewport: desktop });
  contexts.push(context);
  await sign_in(page, "lingang");
  await signed_in(page);
  await saved(page);
  const path_of = (line) => line.slice(0, line.lastIndexOf(": "));
  assert.ok(found_in(files_of_folder(folder)).some((line) => /File System/.test(path_of(line))));
  await move(page, "12月3日", "12月2日");
  await online(page);
  for (const route of ["/account", "/inbox", "/waitlist"]) {
    await go(page, route);
    await settle(page);
  }
  await press_sign_out(page);
  await see(sign_in_field(page));
  await context.close();
  // The page's own words, which it keeps for use without a network, name this enterprise as an example of a long name.
  const example = /CacheStorage.*: 新能源动力电池$/;
  assert.deepEqual(found_in(files_of_folder(folder)).filter((line) => !example.test(line)), []);
});

test("signing out in a tab that does not lead empties the files too, and all tabs leave", { timeout: 120_000 }, async () => {
  const { page: leader, context } = await open();
  const follower = await open_tab(context, server);
  await signed_in(follower);
  await online(follower);
  const asleep = await open_tab(context, server);
  await signed_in(asleep);
  await online(asleep);
  // What the browser says to a page that it puts to sleep; and it misses everything until it wakes.
  await asleep.evaluate(() => {
    window.addEventListener("storage", (event) => event.stopImmediatePropagation(), true);
    document.dispatchEvent(new Event("freeze"));
  });
  for (const page of [leader, follower]) await page.evaluate(() => { window.of_the_first = true; });
  await press_sign_out(follower);
  for (const page of [leader, follower]) {
    await see(sign_in_field(page));
    assert.equal(await page.evaluate(() => window.of_the_first), undefined);
  }
  await assert_nothing_left(leader);
  await assert_nothing_left(follower);
  await asleep.evaluate(() => document.dispatchEvent(new Event("resume")));
  await see(sign_in_field(asleep));
  await assert_nothing_left(asleep);
});

test("unsent changes are named before they are lost with a sign-out", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  await cut_off(context);
  await move(page, "12月3日", "12月2日");
  await waiting(page, 1);
  await press_sign_out(page);
  const question = page.getByRole("dialog", { name: "退出会丢失没提交的操作" });
  await see(question.getByText(/12月3日\(周四\)14:00–16:00 改到 12月2日/));
  await question.getByRole("button", { name: "先不退出" }).click();
  await gone(question);
  await go(page, "/");
  await shows_booking(page, "12月2日");
  await press_sign_out(page);
  await question.getByRole("button", { name: "退出登录" }).click();
  await see(sign_in_field(page));
  await assert_nothing_left(page);
  await reconnect(context);
  await sign_in(page, "lingang");
  await shows_booking(page, "12月3日");
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 0, there: 0 });
});

test("without a network the place is left at once, and the server hears of it later", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  await context.setOffline(true);
  await press_sign_out(page);
  await see(page.getByText("服务器还没有确认退出"));
  await see(sign_in_field(page));
  await assert_nothing_left(page);
  assert.equal(await page.getByText(personal[0]).count(), 0);
  await page.close();
  await context.setOffline(false);
  // Whoever opens the page next is not signed in as the one who left.
  const next = await context.newPage();
  next.setDefaultTimeout(20_000);
  const seen = [];
  await next.exposeFunction("saw_navigation", () => seen.push("navigation"));
  await next.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector('[aria-label="主导航"]')) window.saw_navigation();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await next.goto(`${server.url}/`);
  await see(sign_in_field(next));
  await gone(next.getByText("服务器还没有确认退出"));
  assert.equal((await next.request.get(`${server.url}/api/v1/session`)).status(), 204);
  assert.deepEqual(seen, []);
});

test("somebody who signs in before the server has heard of the sign-out stays signed in", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  await page.route("**/api/v1/session", (route) =>
    route.request().method() === "POST" ? route.continue() : route.abort("connectionfailed"));
  await press_sign_out(page);
  await see(page.getByText("服务器还没有确认退出"));
  await sign_in(page, "qiming");
  await page.unroute("**/api/v1/session");
  await online(page);
  await page.waitForTimeout(2_000);
  assert.equal((await page.request.get(`${server.url}/api/v1/session`)).status(), 200);
  await online(page);
  await context.close();
});

// --- a page that ends in between, a storage that fails ------------------------------------------------------------

async function open_meddled(meddling) {
  const context = await browser.newContext({ locale: "zh-CN", viewport: desktop, serviceWorkers: "block" });
  contexts.push(context);
  await meddle_with_wipe(context, meddling);
  const page = await open_tab(context, server);
  await sign_in(page, "lingang");
  await signed_in(page);
  await saved(page);
  return { context, page };
}
const as_it_is = (context) => context.unroute(/\/static\/worker-[^/]*\.js$/);

// Of a wipe that nothing disturbs.
async function count_steps() {
  const { context, page } = await open_meddled({});
  await page.evaluate(() => {
    window.addEventListener("pagehide", () => localStorage.setItem("test.steps", window.wipe_steps.length));
  });
  await press_sign_out(page);
  await see(sign_in_field(page));
  const steps = Number(await page.evaluate(() => localStorage.getItem("test.steps")));
  await context.close();
  return steps;
}

test("a page that dies at any step of the wipe has it finished by the next, before anything is shown", { timeout: 900_000 }, async (t) => {
  const steps = await count_steps();
  t.diagnostic(`${steps} steps`);
  assert.ok(steps > 10);
  // Every one takes minutes; usually the first, the last, and some between in turn.
  const every = process.env.YUANYUE_EVERY_STEP === "1" ? 1 : 9;
  for (let step = 1; step <= steps; ++step) {
    if (step > 3 && step < steps - 1 && step % every !== 0) continue;
    const { context, page } = await open_meddled({ hang_at: step });
    await press_sign_out(page);
    await page.waitForFunction((count) => window.wipe_steps.length >= count, step);
    if (step % 2 === 1) (await context.newCDPSession(page)).send("Page.crash").catch(() => {});
    await page.close();
    await as_it_is(context);
    const next = await open_tab(context, server);
    await see(sign_in_field(next));
    assert.equal(await mark(next), null, `wiped before the sign-in is shown, after step ${step}`);
    await assert_nothing_left(next);
    await context.close();
  }
});

test("a wipe that fails is said, tried again, and then done", { timeout: 120_000 }, async () => {
  const { context, page } = await open_meddled({ fail: ["truncate", "removeEntry"] });
  await press_sign_out(page);
  await see(page.getByText("这台设备上的数据还没有清除"));
  assert.notEqual(await mark(page), null);
  assert.equal(await page.getByText(personal[0]).count(), 0);
  // Another page, too, says so as long as it is true.
  const other = await open_tab(context, server);
  await see(other.getByText("这台设备上的数据还没有清除"));
  await other.close();
  await as_it_is(context);
  await page.reload();
  await see(sign_in_field(page));
  await gone(page.getByText("这台设备上的数据还没有清除"));
  await assert_nothing_left(page);
});

test("a sign-out that was carried out is not carried out again on what was kept since", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  const old = page.evaluate(() => new Promise((resolve) => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (key === "yuanyue.replica.wipe") resolve(value);
      return set.call(this, key, value);
    };
  }));
  await press_sign_out(page);
  const first_mark = await old;
  await see(sign_in_field(page));
  await sign_in(page, "lingang");
  await signed_in(page);
  await saved(page);
  await cut_off(context);
  await move(page, "12月3日", "12月2日");
  await saved(page);
  // As a browser that ends before it has written down that the mark is gone.
  await page.evaluate((value) => localStorage.setItem("yuanyue.replica.wipe", value), first_mark);
  await close_cut_off(context, page);
  await reconnect(context);
  const again = await open_tab(context, server);
  await signed_in(again);
  await arrives_once(server, "2026-12-02");
  assert.equal(await mark(again), null);
});

test("the mark of one user's sign-out does not wipe what another one has kept", { timeout: 120_000 }, async () => {
  const { user } = await ask_server(server, "lingang");
  const { page, context } = await open("qiming");
  await page.evaluate((id) => localStorage.setItem("yuanyue.replica.wipe", `${id} of-long-ago`), user.id);
  await cut_off(context);
  await close_cut_off(context, page);
  const again = await open_tab(context, server);
  await signed_in(again);
  assert.equal(await mark(again), null);
  assert.ok(found_in(await private_files(again), ["021-5555 1037"]).length > 0);
});

// --- a session that ends, another user ----------------------------------------------------------------------------

test("when the server ends the session names and numbers go at once, what was not sent stays", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  await cut_off(context);
  await move(page, "12月3日", "12月2日");
  await saved(page);
  await context.clearCookies();
  await reconnect(context);
  await see(page.getByText("登录已过期"));
  await see(page.getByText("有 1 个操作还没有提交"));
  await saved(page);
  await assert_nothing_left(page);
  // A page that is opened then says so as well, and does not tell what it was.
  await page.close();
  const next = await open_tab(context, server);
  await see(next.getByText("有 1 个操作还没有提交"));
  assert.equal(await next.getByText("12月2日").count(), 0);
  await assert_nothing_left(next);
  await sign_in(next, "lingang");
  await arrives_once(server, "2026-12-02");
  await online(next);
});

test("what was not sent can be given up by whoever finds it", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  await cut_off(context);
  await move(page, "12月3日", "12月2日");
  await saved(page);
  await context.clearCookies();
  await reconnect(context);
  await see(page.getByText("有 1 个操作还没有提交"));
  await page.getByRole("button", { name: "清除这台设备上的操作" }).click();
  const question = page.getByRole("dialog", { name: "清除后不会再提交" });
  await question.getByRole("button", { name: "清除这台设备上的操作" }).click();
  await gone(page.getByText("有 1 个操作还没有提交"));
  await wiped(page);
  await assert_nothing_left(page, [...personal, "reschedule_booking"]);
  await sign_in(page, "lingang");
  await shows_booking(page, "12月3日");
});

test("a session that ends with everything sent leaves nothing of the user's rows", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  await context.clearCookies();
  await page.reload();
  await see(sign_in_field(page));
  for (let i = 0; i < 100 && (await private_files(page)).length > 0; ++i) await page.waitForTimeout(100);
  await assert_nothing_left(page);
});

test("another user who signs in finds no byte of the first, nor does a tab that was open", { timeout: 120_000 }, async () => {
  const { page, context } = await open();
  const other_tab = await open_tab(context, server);
  await signed_in(other_tab);
  await assert_kept(page);
  for (const each of [page, other_tab]) await each.evaluate(() => { window.of_the_first = true; });
  await context.clearCookies();
  await go(page, "/account");
  await page.getByRole("button", { name: "现在同步" }).click();
  await see(page.getByText("登录已过期"));
  await sign_in(page, "qiming");
  await saved(page).catch(() => {});
  for (const each of [page, other_tab]) {
    await see(each.getByRole("navigation", { name: "主导航" }));
    await settle(each);
    assert.deepEqual(found_in(await page_traces(each)), []);
  }
  assert.equal(await page.evaluate(() => window.of_the_first), undefined);
  assert.deepEqual(found_in(await private_files(page)), []);
  assert.ok(found_in(await private_files(page), ["021-5555 1037"]).length > 0, "the other's own is kept");
});

test("the browser is asked to hold on to what waits, once there is something", { timeout: 120_000 }, async () => {
  const { page, context } = await open_app(browser, server);
  contexts.push(context);
  await page.evaluate(() => { localStorage.clear(); });
  await context.addInitScript(() => {
    window.asked = 0;
    StorageManager.prototype.persist = async () => { window.asked += 1; return true; };
  });
  await page.reload();
  await sign_in(page, "lingang");
  await signed_in(page);
  await saved(page);
  assert.equal(await page.evaluate(() => window.asked), 0);
  await move(page, "12月3日", "12月2日");
  await arrives_once(server, "2026-12-02");
  assert.equal(await page.evaluate(() => window.asked), 1);
});
