// Serves a built page with the headers that the real server sends, and opens it in Chromium.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const policy = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data:",
  "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "base-uri 'none'",
  "form-action 'none'", "frame-ancestors 'none'",
].join("; ");
const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".json": "application/json",
};
const chromium_flags = [
  "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
  "--disable-quic",
];

// What the probe asks of its server.
const dynamic = {
  "/echo": (request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      response.writeHead(429, { "Content-Type": "application/json", "Retry-After": "2" });
      response.end(`${request.method} ${request.headers["x-yuanyue-csrf"]} ${body}`);
    });
  },
  "/slow": () => {},
};

export async function serve_page(folder = "build/web/platform_probe/dist") {
  const root = join(top, folder);
  if (!existsSync(join(root, "index.html"))) throw new Error(`${folder} is not built`);
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    if (dynamic[path]) return dynamic[path](request, response);
    const file = join(root, normalize(path === "/" ? "/index.html" : path));
    if (!file.startsWith(root) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain", "Content-Security-Policy": policy });
    response.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

export function launch_chromium(flags = chromium_flags) {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
}

// A page whose errors and breaches of the content security policy are collected in `problems`.
export async function open_page(browser, url, options = {}) {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1000, height: 700 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.text().includes("Content Security")) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  await page.waitForFunction(() => window.yuanyue?.frames > 0);
  return { page, context, problems };
}
