// What tests of the replica share: pages that come and go in one browser profile, with and without the server.
import assert from "node:assert/strict";

import { Client } from "../../backend/support/client.mjs";
import { choose_day, demo_password, see, settle } from "./app.mjs";

// The server is out of reach for every page of the profile. The page's own files still come.
export async function cut_off(context) {
  await context.route("**/api/**", (route) => route.abort("connectionfailed"));
}
export async function reconnect(context) {
  await context.unroute("**/api/**");
}

// A request that is being held when its page closes would be let through.
export async function close_cut_off(context, page) {
  await context.setOffline(true);
  await page.close();
  await context.setOffline(false);
}

// Another page of the same profile.
export async function open_tab(context, server, route = "/") {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${server.url}/#${route}`);
  await page.getByRole("main").waitFor({ state: "attached" });
  return page;
}

export async function signed_in(page) {
  await see(page.getByRole("navigation", { name: "主导航" }));
  await see(page.getByRole("region", { name: "下一个预约" }));
}

// What the page has done is in its storage.
export async function saved(page) {
  await page.waitForFunction(() => window.yuanyue.replica.open && window.yuanyue.replica.unwritten === 0);
}

export async function move(page, from, to_day, block = /14:00–16:00/) {
  await page.getByRole("link", { name: new RegExp(`^改时间：${from}`) }).click();
  await choose_day(page, "2026年12月", new RegExp(`^${to_day}`));
  await page.getByRole("radio", { name: block }).click();
  await page.getByRole("button", { name: "确认改到这个时间" }).click();
  await see(page.getByRole("status").filter({ hasText: to_day }));
}

export async function shows_booking(page, day) {
  await settle(page);
  await see(page.getByRole("group", { name: new RegExp(`资质认定 · ${day}`) }));
}

export async function waiting(page, count) {
  await see(page.getByRole("button", { name: new RegExp(`待同步 ${count}`) }));
}
export async function online(page) {
  await see(page.getByRole("button", { name: "在线", exact: true }).or(page.getByText("在线", { exact: true })));
}

// What the server holds of an account, asked past the page.
export async function ask_server(server, name = "lingang", password = demo_password) {
  const client = new Client(server.url);
  const answer = await client.sign_in(name, password);
  assert.equal(answer.status, 200);
  await client.pull();
  return client;
}

// How often the booking was moved to a day, and where it is. One session: an account may have only so many.
export async function moves_to(server, date, client) {
  const asked = client ?? (await ask_server(server));
  await asked.pull();
  const moved = asked.ledger.filter((entry) => entry.kind === "booking_rescheduled" && entry.block?.date === date);
  const there = asked.all("booking").filter((row) => row.status === "confirmed" && row.block.date === date);
  return { moved: moved.length, there: there.length };
}
// Waits until the server has the booking there: what a page says it did may still be on its way.
export async function stands_at(client, date) {
  for (let i = 0; i < 300; ++i) {
    if ((await moves_to(undefined, date, client)).there === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`no booking on ${date}`);
}
export async function arrives_once(server, date) {
  const client = await ask_server(server);
  for (let i = 0; i < 300; ++i) {
    const { moved, there } = await moves_to(server, date, client);
    if (moved > 0) {
      assert.deepEqual({ moved, there }, { moved: 1, there: 1 });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`nothing arrived for ${date}`);
}
