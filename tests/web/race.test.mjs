// Two browsers want the same last seat; and an offer that nobody answers goes to the next, when its time is over.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { test_password } from "../backend/support/park.mjs";
import { browser_of_file, choose_day, go, open_app, see, settle, sign_in } from "./support/app.mjs";
import { add_gate } from "./support/gate.mjs";
import { make_narrow_park } from "./support/narrow_park.mjs";

const browser = await browser_of_file();
const { server, accounts } = await make_narrow_park(3);
after(() => server.stop());
const apps = [];
for (const account of accounts) {
  const app = await open_app(browser, server);
  app.gate = await add_gate(app.page);
  await sign_in(app.page, account.user, test_password);
  apps.push(app);
}

async function choose_morning(page) {
  await page.getByRole("link", { name: /改时间：12月3日/ }).click();
  await choose_day(page, "2026年12月", /^12月2日/);
  await page.getByRole("radio", { name: /9:00–11:00/ }).click();
}

test("the last seat, then an offer that runs out", { timeout: 120_000 }, async () => {
  const confirm = "确认改到这个时间";
  const rivals = apps.slice(0, 2);
  await Promise.all(rivals.map((app) => choose_morning(app.page)));
  for (const app of rivals) await see(app.page.getByRole("button", { name: confirm }));
  // Both press before either has heard of the other: each page predicts that it will work.
  for (const app of rivals) app.gate.shut();
  for (const app of rivals) await app.page.getByRole("button", { name: confirm }).click();
  for (const app of rivals) app.gate.open();

  // One keeps it, the other is told visibly what happened and what it can do instead.
  const refused = rivals.map((app) => app.page.getByText("这个时间已满"));
  await Promise.race(refused.map((text) => see(text)));
  for (const app of rivals) await settle(app.page);
  const lost = [(await refused[0].count()) > 0, (await refused[1].count()) > 0];
  assert.deepEqual([...lost].sort(), [false, true], "one of the two is refused");
  const winner = rivals[lost.indexOf(false)];
  const loser = rivals[lost.indexOf(true)];
  await see(winner.page.getByRole("status").filter({ hasText: "12月2日(周三)9:00–11:00" }));
  const told = loser.page.getByRole("dialog").or(loser.page.getByRole("alertdialog"));
  assert.equal(await told.getByRole("button", { name: /\d+:00–\d+:00 · 余 \d+/ }).count(), 3, "nearest seats");
  await told.getByRole("button", { name: "候补这个时间，原预约保留" }).click();
  await loser.page.waitForURL(/waitlist\/[0-9a-f-]+$/);
  await see(loser.page.getByText(/第 1 位/));

  const third = apps[2];
  await choose_morning(third.page);
  await third.page.getByRole("button", { name: /候补这个时间/ }).first().click();
  await third.page.waitForURL(/waitlist\/[0-9a-f-]+$/);
  await see(third.page.getByText(/第 2 位/));

  // The winner moves away; the seat is offered to the first in the queue alone.
  await go(winner.page, "/");
  await winner.page.getByRole("link", { name: /改时间：12月2日/ }).click();
  await choose_day(winner.page, "2026年12月", /^12月4日/);
  await winner.page.getByRole("radio", { name: /14:00–16:00/ }).click();
  await winner.page.getByRole("button", { name: confirm }).click();
  await go(loser.page, "/");
  await go(third.page, "/");
  const offer = (page) => page.getByRole("link", { name: /^查看并答复：12月2日/ });
  await see(offer(loser.page));
  assert.equal(await offer(third.page).count(), 0);
  await offer(loser.page).click();
  await see(loser.page.getByRole("timer"));

  // Two hours of opening time later, and as long as this test may take, nobody has answered.
  const moved = await server.move_clock("2026-11-23T11:10:00+08:00");
  assert.equal(moved.status, 200);
  await see(offer(third.page));
  await see(loser.page.getByRole("main").getByText(/没有在时限内答复|已过期|超过/));
  assert.equal(await loser.page.getByRole("button", { name: "接受", exact: true }).count(), 0);

  for (const app of apps) assert.deepEqual(app.problems, []);
});
