// The page: caching, precompressed files, types, security headers.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { Server, temp_folder } from "./support/server.mjs";

let server;
const script = "console.log('园约');".repeat(100);

before(async () => {
  const web = temp_folder();
  mkdirSync(join(web, "static"));
  writeFileSync(join(web, "index.html"), "<!doctype html><title>园约</title>");
  writeFileSync(join(web, "sw.js"), "self.skipWaiting");
  writeFileSync(join(web, "app.webmanifest"), "{}");
  writeFileSync(join(web, "static", "main-0123abcd.js"), script);
  writeFileSync(join(web, "static", "main-0123abcd.js.br"), brotliCompressSync(script));
  writeFileSync(join(web, "static", "main-0123abcd.js.gz"), gzipSync(script));
  writeFileSync(join(web, "static", "core-0123abcd.wasm"), "\0asm");
  symlinkSync("/etc/hostname", join(web, "static", "link.txt"));
  server = await Server.start({ args: ["--web", web] });
});
after(() => server.stop());

const get = (path, headers = {}) => fetch(server.url + path, { headers });

test("the page is revalidated, hashed files are kept for ever", async () => {
  const page = await get("/");
  assert.equal(page.status, 200);
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(page.headers.get("cache-control"), "no-cache");
  assert.match(await page.text(), /园约/);
  const again = await get("/", { "if-none-match": page.headers.get("etag") });
  assert.equal(again.status, 304);
  for (const tags of [`W/${page.headers.get("etag")}`, `"other", ${page.headers.get("etag")}`, "*"]) {
    assert.equal((await get("/", { "if-none-match": tags })).status, 304, tags);
  }
  assert.equal((await get("/", { "if-none-match": '"other"' })).status, 200);
  const hashed = await get("/static/main-0123abcd.js");
  assert.equal(hashed.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal(hashed.headers.get("content-type"), "text/javascript; charset=utf-8");
});

// An old worker or manifest from a cache would keep every browser on an old page.
test("service worker and manifest are revalidated, at the root, with their types and under the same policy", async () => {
  for (const [path, type] of [["/sw.js", "text/javascript; charset=utf-8"],
                              ["/app.webmanifest", "application/manifest+json"]]) {
    const answer = await get(path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("cache-control"), "no-cache", path);
    assert.equal(answer.headers.get("content-type"), type);
    const policy = answer.headers.get("content-security-policy");
    assert.ok(policy.includes("worker-src 'self'") && policy.includes("manifest-src 'self'"), policy);
  }
});

test("precompressed siblings are served by what the browser takes", async () => {
  for (const [accept, coding] of [["br, gzip", "br"], ["gzip", "gzip"], ["identity", null],
                                  ["br;q=0, gzip;q=0.5", "gzip"], ["br;q=0.2, gzip;q=0.5", "gzip"],
                                  ["identity, br;q=0.5", null], ["*", "br"]]) {
    const answer = await get("/static/main-0123abcd.js", { "accept-encoding": accept });
    assert.equal(answer.headers.get("content-encoding"), coding, accept);
    assert.equal(answer.headers.get("vary"), "Accept-Encoding");
    assert.equal(await answer.text(), script);
  }
});

test("WebAssembly has its type; a link out of the folder is not followed; HEAD has no body", async () => {
  assert.equal((await get("/static/core-0123abcd.wasm")).headers.get("content-type"), "application/wasm");
  assert.equal((await get("/static/link.txt")).status, 404);
  const head = await fetch(`${server.url}/`, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), "");
});

test("every answer carries the security headers", async () => {
  for (const path of ["/", "/nothing", "/api/v1/session", "/healthz"]) {
    const { headers } = await get(path);
    const policy = headers.get("content-security-policy");
    for (const rule of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'",
                        "base-uri 'none'", "form-action 'none'", "connect-src 'self'"]) {
      assert.ok(policy.includes(rule), `${path}: ${rule}`);
    }
    assert.ok(!/unsafe-inline|'unsafe-eval'|\*/.test(policy));
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
    assert.ok(headers.get("permissions-policy"));
  }
});

test("a range request gets the whole file", async () => {
  const answer = await get("/static/main-0123abcd.js", { range: "bytes=0-1", "accept-encoding": "identity" });
  assert.equal(answer.status, 200);
  assert.equal(await answer.text(), script);
});
