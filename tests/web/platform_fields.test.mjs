// Text fields and selects: real ones over the drawn ones, with input methods, and the same picture either way.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { context, open_instead, page } from "./platform_page.mjs";

let name_field;
beforeEach(() => { name_field = page.getByRole("textbox", { name: "企业名称" }); });

const frames_settled = () => page.waitForFunction(() => window.yuanyue.idle);
// How many pixels differ clearly, and the ink's box, of two pictures of the same place.
async function compare(first, second) {
  return page.evaluate(async (pictures) => {
    const [a, b] = await Promise.all(pictures.map(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const drawing = canvas.getContext("2d");
      drawing.drawImage(image, 0, 0);
      const { data } = drawing.getImageData(0, 0, image.width, image.height);
      let left = Infinity, right = 0, top = Infinity, bottom = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] > 128) continue;
        const x = (i / 4) % image.width, y = Math.floor(i / 4 / image.width);
        left = Math.min(left, x); right = Math.max(right, x);
        top = Math.min(top, y); bottom = Math.max(bottom, y);
      }
      return { left, right, top, bottom };
    }));
    return { first: a, second: b };
  }, [first.toString("base64"), second.toString("base64")]);
}

test("typing reaches the application and comes back", async () => {
  await name_field.fill("智造科技");
  await name_field.press("Enter");
  await page.getByText("提交 1").waitFor({ state: "attached" });
  assert.equal(await name_field.inputValue(), "智造科技");
  await name_field.press("End");
  await page.keyboard.type("AB");
  assert.equal(await name_field.inputValue(), "智造科技AB");
  await page.keyboard.press("Control+z");
  assert.notEqual(await name_field.inputValue(), "智造科技AB");
});

test("Chinese through an input method is neither lost nor doubled", async () => {
  const client = await context.newCDPSession(page);
  await name_field.focus();
  await page.keyboard.press("Control+a");
  for (const text of ["z", "zh", "zhong", "zhong'guo"]) {
    await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    // Pictures in between must not disturb the composition.
    await page.mouse.move(300 + text.length, 300);
    await frames_settled();
    assert.equal(await name_field.inputValue(), text);
  }
  await client.send("Input.insertText", { text: "中国" });
  assert.equal(await name_field.inputValue(), "中国");
  await client.send("Input.imeSetComposition", { text: "yuan", selectionStart: 4, selectionEnd: 4 });
  await client.send("Input.insertText", { text: "园约" });
  await frames_settled();
  assert.equal(await name_field.inputValue(), "中国园约");
  await name_field.blur();
  await frames_settled();
  assert.equal(await name_field.inputValue(), "中国园约");
});

test("Enter that ends a composition does not submit", async () => {
  const client = await context.newCDPSession(page);
  await name_field.focus();
  await client.send("Input.imeSetComposition", { text: "abc", selectionStart: 3, selectionEnd: 3 });
  await name_field.evaluate((element) => element.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })));
  await client.send("Input.insertText", { text: "abc" });
  await frames_settled();
  assert.equal(await page.getByText("提交 0").count(), 1);
});

test("text that the application refuses goes from the field", async () => {
  const digits = page.getByRole("searchbox", { name: "只收数字" });
  await digits.pressSequentially("1a2b3");
  await frames_settled();
  assert.equal(await digits.inputValue(), "123");
});

test("the longest text is kept to", async () => {
  await name_field.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("一".repeat(30));
  assert.equal((await name_field.inputValue()).length, 20);
});

test("several lines, and characters beyond the basic plane", async () => {
  const notes = page.getByRole("textbox", { name: "备注" });
  await notes.fill("𠮷野家\n第二行");
  await frames_settled();
  assert.equal(await notes.inputValue(), "𠮷野家\n第二行");
});

test("a password is a password field", async () => {
  const field = page.getByLabel("密码");
  assert.equal(await field.getAttribute("type"), "password");
  assert.equal(await field.getAttribute("autocomplete"), "current-password");
  await field.fill("s3cret-中");
  await frames_settled();
  assert.equal(await field.inputValue(), "s3cret-中");
});

test("a select is a select", async () => {
  const select = page.getByRole("combobox", { name: "办理事项" });
  assert.deepEqual(await select.locator("option").allInnerTexts(), ["税务登记", "工商注册"]);
  await select.selectOption("business");
  await frames_settled();
  assert.equal(await select.inputValue(), "business");
});

for (const ratio of [1, 1.5, 2]) {
  test(`the focused text lies where the drawn text was, at ${ratio} device pixels a pixel`, async () => {
    await open_instead({ deviceScaleFactor: ratio });
    name_field = page.getByRole("textbox", { name: "企业名称" });
    const box = await name_field.boundingBox();
    const clip = { x: box.x + 6, y: box.y + 4, width: 200, height: box.height - 8 };
    const drawn = await page.screenshot({ clip });
    await name_field.focus();
    await frames_settled();
    // The caret would count as ink.
    const edited = await page.screenshot({ clip, caret: "hide" });
    const { first, second } = await compare(drawn, edited);
    for (const side of ["left", "right", "top", "bottom"])
      assert.ok(Math.abs(first[side] - second[side]) <= 1, `${side}: ${first[side]} and ${second[side]}`);
  });
}
