// Draws web/shell/icons/*.png from web/shell/icon.svg in Chromium. Run by hand after the icon has changed:
//   node scripts/lib/make_icons.mjs
// The pictures are in the tree, so that building needs no browser. "maskable" and "touch" fill their square, because
// the system cuts its own shape out of them; the drawing keeps inside the middle that no shape cuts.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const shell = join(dirname(fileURLToPath(import.meta.url)), "../../web/shell");
const svg = readFileSync(join(shell, "icon.svg"), "utf8");
const ground = /fill="(#[0-9a-f]{6})"/.exec(svg)[1];
const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;

const pictures = [
  { name: "icon-192.png", size: 192, drawing: 1, filled: false },
  { name: "icon-512.png", size: 512, drawing: 1, filled: false },
  { name: "icon-maskable-512.png", size: 512, drawing: 0.78, filled: true },
  { name: "icon-touch-180.png", size: 180, drawing: 0.86, filled: true },
];

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  for (const { name, size, drawing, filled } of pictures) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>html, body { margin: 0; height: 100%; ${filled ? `background: ${ground};` : ""} }
      body { display: grid; place-items: center; } img { width: ${drawing * 100}%; }</style><img src="${address}">`);
    await page.locator("img").evaluate((image) => image.decode());
    writeFileSync(join(shell, "icons", name), await page.screenshot({ omitBackground: !filled }));
    await page.close();
  }
} finally {
  await browser.close();
}
