// The OpenAPI document and the routes that the server really has are the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server } from "./support/server.mjs";

let server;
let document;

before(async () => {
  server = await Server.start({ args: ["--bench-routes"] });
  document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
});
after(() => server.stop());

const methods = ["get", "post", "delete", "put", "patch"];

test("each described operation exists, each other method is refused with what is allowed", async () => {
  assert.equal(document.openapi, "3.1.0");
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const method of methods) {
      const answer = await fetch(server.url + path, { method: method.toUpperCase(),
        ...(method === "get" ? {} : { body: "{}", headers: { "content-type": "application/json" } }) });
      const described = method in operations;
      assert.notEqual(answer.status, 404, `${method} ${path}`);
      assert.equal(answer.status !== 405, described, `${method} ${path}: ${answer.status}`);
      const allowed = Object.keys(operations).map((name) => name.toUpperCase());
      if (allowed.includes("GET")) allowed.push("HEAD");
      if (!described) assert.deepEqual(answer.headers.get("allow").split(", ").sort(), allowed.sort());
      else if (answer.status !== 200) {
        assert.ok(String(answer.status) in operations[method].responses, `${method} ${path}: ${answer.status}`);
      }
    }
  }
});

test("the routes the project promises are all there", () => {
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`)).sort();
  assert.deepEqual(all, [
    "DELETE /api/v1/session", "GET /api/v1/history", "GET /api/v1/openapi.json", "GET /api/v1/pull", "GET /api/v1/session",
    "GET /api/v1/time", "GET /healthz", "GET /readyz", "POST /api/v1/bench/empty", "POST /api/v1/dev/clock",
    "POST /api/v1/password", "POST /api/v1/push", "POST /api/v1/session"]);
});

test("the benchmarks' route is there only when asked for", async () => {
  const plain = await Server.start();
  const routes = (await (await fetch(`${plain.url}/api/v1/openapi.json`)).json()).paths;
  assert.ok(!("/api/v1/bench/empty" in routes));
  assert.equal((await fetch(`${plain.url}/api/v1/bench/empty`, { method: "POST", body: "{}" })).status, 404);
  await plain.stop();
});

test("every reference resolves, every operation says who may call it", () => {
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  assert.ok(references.length > 20);
  for (const [, name] of references) assert.ok(name in document.components.schemas, name);
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      assert.ok(Array.isArray(operation.security));
      assert.ok(operation.summary);
      assert.ok("200" in operation.responses);
    }
  }
});
