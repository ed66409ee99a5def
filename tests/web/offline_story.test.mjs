// The story of a change without a network, on a phone, with everything that a browser really has: service worker, replica,
// a tab that is closed. Its pictures are the README's.
import assert from "node:assert/strict";
import { test } from "node:test";

import { browser_of_file, demo_of_file, go, open_signed_in, phone, picture, settle } from "./support/app.mjs";
import { arrives_once, move, moves_to, online, open_tab, saved, shows_booking, signed_in, waiting }
  from "./support/replica.mjs";

const browser = await browser_of_file();
const server = await demo_of_file();

// The changed appointment in the middle of the screen.
async function show_changed(page) {
  await shows_booking(page, "12月2日");
  await page.getByRole("group", { name: /资质认定 · 12月2日/ }).scrollIntoViewIfNeeded();
  await settle(page);
}

test("changed in a tunnel, closed, opened again without a network, sent when there is one", { timeout: 180_000 }, async () => {
  const { context, page, problems } = await open_signed_in(browser, server, "lingang", { viewport: phone, serviceWorkers: "allow" });
  await signed_in(page);
  await saved(page);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await context.setOffline(true);
  await move(page, "12月3日", "12月2日");
  await waiting(page, 1);
  await saved(page);
  await picture(page, "offline-1-changed");
  assert.deepEqual(await moves_to(server, "2026-12-02"), { moved: 0, there: 0 });
  await page.close();

  const again = await open_tab(context, server);
  await signed_in(again);
  await waiting(again, 1);
  await show_changed(again);
  await picture(again, "offline-2-opened-again");
  await go(again, "/outbox");
  await picture(again, "offline-3-waiting");
  await go(again, "/");

  await context.setOffline(false);
  await arrives_once(server, "2026-12-02");
  await online(again);
  await show_changed(again);
  await picture(again, "offline-4-confirmed");
  assert.deepEqual(problems, []);
  await context.close();
});
