// Every widget in every state: the gallery, a page of its own that no server ships.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { top } from "../backend/support/server.mjs";
import { open_page, serve_page } from "./platform_support.mjs";
import { browser_of_file, desktop, kiosk, phone, picture, settle } from "./support/app.mjs";
import { serious_findings } from "./support/axe.mjs";

const server = await serve_page("build/web/gallery/dist");
after(() => server.close());
const browser = await browser_of_file();
const tabs = ["基础", "表单", "日期", "数据", "浮层"];

for (const [name, viewport] of [["desktop", desktop], ["phone", phone], ["kiosk", kiosk]]) {
  test(`axe finds nothing serious, and the headings are in order, in any tab on a ${name}`, { timeout: 180_000 }, async () => {
    const { page, context, problems } = await open_page(browser, server.url, { viewport });
    await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
    for (const tab of tabs) {
      await page.getByRole("tab", { name: new RegExp(tab) }).click();
      assert.deepEqual(await serious_findings(page), [], `${tab} on ${name}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(wide, false, `${tab} scrolls sideways on ${name}`);
      await picture(page, `gallery-${tabs.indexOf(tab)}-${name}`);
    }
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test("it speaks the language of its reader", async () => {
  const { page, context } = await open_page(browser, server.url, { viewport: desktop });
  await settle(page);
  assert.equal(await page.title(), "组件 · 园约");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  await context.close();
});

test("the page that is shipped has none of it", () => {
  const dist = join(top, "build/web/dist");
  assert.ok(existsSync(dist));
  for (const name of readdirSync(join(dist, "static"))) {
    const text = readFileSync(join(dist, "static", name), "latin1");
    assert.equal(text.includes("gallery."), false, name);
  }
});
