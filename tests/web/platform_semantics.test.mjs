// The semantics elements: roles and names, activation, focus, dialogs, accessibility.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { button, page } from "./platform_page.mjs";

const axe_source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const focused_name = () => page.evaluate(() => {
  const element = document.activeElement;
  return element.getAttribute("aria-label") ?? element.textContent;
});

test("elements have native tags, roles, names and places", async () => {
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "平台探针 Platform probe");
  assert.equal(await page.locator("main h1").count(), 1);
  assert.equal(await page.getByRole("listitem").count(), 3);
  assert.equal(await page.getByRole("gridcell").count(), 28);
  assert.equal(await page.getByRole("textbox", { name: "企业名称" }).evaluate((e) => e.tagName), "INPUT");
  const box = await button("点我").boundingBox();
  assert.deepEqual([box.width, box.height], [200, 36]);
  assert.equal(await page.title(), "平台探针");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
});

test("a click, a tap, Enter and Space each activate once", async () => {
  await button("点我").click();
  await page.getByText("点了 1 次").waitFor({ state: "attached" });
  await button("点我").focus();
  await page.keyboard.press("Enter");
  await page.getByText("点了 2 次").waitFor({ state: "attached" });
  await page.keyboard.press("Space");
  await page.getByText("点了 3 次").waitFor({ state: "attached" });
  await button("点我").dispatchEvent("click");
  await page.getByText("点了 4 次").waitFor({ state: "attached" });
});

test("several clicks before the next picture are all counted", async () => {
  await button("点我").evaluate((element) => {
    for (let i = 0; i < 5; ++i) element.click();
  });
  await page.getByText("点了 5 次").waitFor({ state: "attached" });
});

test("the state is right as soon as the click is over", async () => {
  await page.getByRole("checkbox", { name: "自动接受" }).check();
  assert.equal(await page.getByRole("checkbox").getAttribute("aria-checked"), "true");
});

test("an unavailable button can be focused but not activated", async () => {
  const unavailable = button("不可用");
  assert.equal(await unavailable.isDisabled(), true);
  await unavailable.evaluate((element) => element.click());
  await page.waitForTimeout(100);
  assert.equal(await page.getByRole("status").first().innerText(), "点了 0 次 · 提交 0");
});

test("the Tab order is the reading order, with one stop per grid", async () => {
  const order = [];
  for (let i = 0; i < 10; ++i) {
    await page.keyboard.press("Tab");
    order.push(await focused_name());
  }
  assert.deepEqual(order, [
    "点我", "不可用", "企业名称", "密码", "备注", "只收数字", "办理事项", "自动接受", "11月12日", "删除 1",
  ]);
});

test("arrow keys move in a grid, however fast they come", async () => {
  await page.getByRole("gridcell", { name: "11月12日" }).focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"]) await page.keyboard.press(key);
  assert.equal(await focused_name(), "11月20日");
  await page.keyboard.press("Enter");
  assert.equal(await page.getByRole("gridcell", { selected: true }).innerText(), "11月20日");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused_name(), "自动接受");
  await page.keyboard.press("Tab");
  assert.equal(await focused_name(), "11月20日");
});

test("when the focused element goes, a neighbour takes the focus", async () => {
  await button("删除 2").click();
  await button("删除 2").waitFor({ state: "detached" });
  assert.equal(await focused_name(), "删除 3");
  await page.keyboard.press("Enter");
  assert.equal(await focused_name(), "删除 1");
  await page.keyboard.press("Enter");
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
});

test("a modal dialog keeps the focus and gives it back", async () => {
  await button("打开对话框").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "确认改约" });
  await dialog.waitFor();
  assert.equal(await dialog.getAttribute("aria-modal"), "true");
  assert.equal(await dialog.evaluate((element) => element === document.activeElement), true);
  const visited = new Set();
  for (let i = 0; i < 6; ++i) {
    await page.keyboard.press("Tab");
    visited.add(await focused_name());
  }
  assert.deepEqual([...visited].filter((name) => ["点我", "删除 1", "请求"].includes(name)), []);
  assert.equal(await page.evaluate(() => document.querySelectorAll("[inert]").length > 0), true);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await focused_name(), "打开对话框");
  assert.equal(await page.evaluate(() => document.querySelectorAll("[inert]").length), 0);
});

test("a tap beside a dialog closes it, the end of a selection that began inside does not", async () => {
  await button("打开对话框").click();
  const dialog = page.getByRole("dialog", { name: "确认改约" });
  const box = await dialog.boundingBox();
  await page.mouse.move(box.x + 30, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x - 40, box.y + 10);
  await page.mouse.up();
  await page.waitForTimeout(100);
  assert.equal(await dialog.count(), 1);
  await page.mouse.click(box.x - 40, box.y + 10);
  await dialog.waitFor({ state: "detached" });
  assert.equal(await focused_name(), "打开对话框");
});

test("what a dialog announces is said", async () => {
  await button("打开对话框").click();
  await button("确认").click();
  await page.locator("#polite", { hasText: "已改约" }).waitFor({ state: "attached" });
});

test("a fixed dialog stays in the window while the page is scrolled", async () => {
  await page.evaluate(() => window.scrollTo(0, 600));
  await button("打开对话框").evaluate((element) => element.click());
  const box = await page.getByRole("dialog").boundingBox();
  assert.equal(box.y, 120);
});

test("the focus ring is drawn for the keyboard only", async () => {
  const picture = async () => (await page.screenshot({ clip: { x: 18, y: 176, width: 212, height: 50 } })).toString("base64");
  await page.mouse.move(900, 600);
  const plain = await picture();
  await button("点我").click();
  await page.mouse.move(900, 600);
  await page.waitForTimeout(100);
  assert.equal(await picture(), plain);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await page.waitForTimeout(100);
  assert.notEqual(await picture(), plain);
});

for (const [state, prepare] of [
  ["the page", async () => {}],
  ["an open dialog", async () => {
    await button("打开对话框").click();
    await page.getByRole("dialog").waitFor();
  }],
]) {
  test(`axe-core finds nothing in ${state}`, async () => {
    await prepare();
    // Not as a script element: the page's own policy forbids that.
    await page.evaluate(axe_source);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`), []);
  });
}
