// A new page of the probe for each test of a file; a script error, or a breach of the content security policy, that it
// leaves behind fails the test. The bindings are live: they are those of the running test.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";

import { launch_chromium, open_page, serve_page } from "./platform_support.mjs";

export let server, browser, page, context, problems;
before(async () => {
  server = await serve_page();
  browser = await launch_chromium();
});
after(async () => {
  await browser?.close();
  await server?.close();
});
const open = async (options) => ({ page, context, problems } = await open_page(browser, server.url, options));
beforeEach(() => open());
afterEach(async () => {
  await context.close();
  assert.deepEqual(problems, []);
});

// Another page instead of the present one, for example at another density of pixels.
export async function open_instead(options) {
  await context.close();
  await open(options);
}

export const button = (name) => page.getByRole("button", { name, exact: true });
