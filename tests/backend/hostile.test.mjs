// Malformed and hostile requests: each gets a clear refusal, and the server goes on serving.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { block, make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { send_raw, statuses } from "./support/raw.mjs";
import { protocol_version } from "./support/commands.mjs";

let server;
let client;

before(async () => {
  const park = await make_park({ enterprises: 1, server: { now: monday_morning } });
  server = park.server;
  [client] = await sign_in_all(server, park.accounts);
});
after(async () => {
  const alive = await fetch(`${server.url}/healthz`);
  assert.equal(alive.status, 200);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

const push = (body, headers) => client.request("POST", "/api/v1/push", body, headers);

test("what is no JSON or not what a push is, is named", async () => {
  const good = client.envelope({ type: "decline_offer", offer: randomUUID() });
  client.seq = 0;
  const text = JSON.stringify(good);
  const version = `"protocol":${protocol_version}`;
  const cases = [
    ["", "not_json"],
    ["{", "not_json"],
    [text + "x", "not_json"],
    ["[".repeat(10_000), "too_deep"],
    ['{"a":'.repeat(5_000) + "1" + "}".repeat(5_000), "too_deep"],
    ["null", "wrong_type"],
    ["[]", "wrong_type"],
    ["{}", "missing_field"],
    [text.replace(version, `${version},${version}`), "duplicate_field"],
    [text.replace(version, `${version},"extra":1`), "unknown_field"],
    [text.replace(version, `${version}.5`), "wrong_type"],
    [text.replace(version, '"protocol":"1"'), "wrong_type"],
    [text.replace('"seq":1', '"seq":0'), "out_of_range"],
    [text.replace('"seq":1', '"seq":99999999999999999999'), ""],
    [text.replace("decline_offer", "drop_tables"), "unknown_type"],
    [text.replace(good.client, "not-a-uuid"), "bad_format"],
    [text.replace(good.client, "00000000-0000-0000-0000-000000000000"), "bad_format"],
    [text.replace(/"commands":\[.*\]/, '"commands":[]'), "too_few"],
  ];
  for (const [body, code] of cases) {
    const answer = await push(body);
    assert.equal(answer.status, 400, body.slice(0, 80));
    assert.equal(answer.body.code, "malformed", body.slice(0, 80));
    assert.ok(answer.body.message.startsWith(code), `${body.slice(0, 80)}: ${answer.body.message}`);
  }
  const bytes = Buffer.concat([Buffer.from(`{"protocol":${protocol_version},"client":"`), Buffer.from([0xff, 0xfe])]);
  const not_utf8 = await fetch(`${server.url}/api/v1/push`, { method: "POST", body: bytes,
    headers: { cookie: client.session_cookie, "x-yuanyue-csrf": client.csrf_token,
               "content-type": "application/json" } });
  assert.equal(not_utf8.status, 400);
  assert.match((await not_utf8.json()).message, /^not_utf8/);
});

test("hostile texts are refused where they may not stand and kept literally where they may", async () => {
  const command = { type: "book_appointment", booking: randomUUID(), block: block("tax", "2026-12-01", "09:00") };
  assert.equal((await client.push(command)).accepted, true);
  const reason = "'); DROP TABLE rows;-- <script>alert(1)</script> ${7*7} 𠮷 👨\u200d👩";
  const cancel = { type: "cancel_booking", booking: command.booking, block: command.block };
  const result = await client.push({ ...cancel, reason });
  assert.equal(result.accepted, true);
  await client.pull();
  assert.equal(client.ledger.at(-1).note, reason);
  const too_long = await push(client.envelope({ ...cancel, reason: "x".repeat(501) }));
  client.seq -= 1;
  assert.match(too_long.body.message, /^too_long/);
  assert.equal(too_long.body.field, "commands[0].command.reason");
  for (const hidden of ["\u202e", "\u200b", "\u009b", "\u0007"]) {
    const refused = await push(client.envelope({ ...cancel, reason: `a${hidden}b` }));
    client.seq -= 1;
    assert.match(refused.body.message, /^control_character/);
    assert.equal(refused.body.field, "commands[0].command.reason");
  }
});

test("bodies beyond the limits are refused", async () => {
  const huge = await push("x".repeat(512 * 1024 + 1));
  assert.equal(huge.status, 413);
  const sign_in = await client.request("POST", "/api/v1/session", { name: "x", password: "y".repeat(5_000) });
  assert.equal(sign_in.status, 413);
  assert.equal(sign_in.body.code, "too_large");
  const many = { protocol: protocol_version, client: client.id, commands: Array.from({ length: 51 }, (_, i) => ({
    seq: i + 1, id: randomUUID(), command: { type: "decline_offer", offer: randomUUID() } })) };
  assert.match((await push(many)).body.message, /^too_many/);
});

test("an endless body is cut off", async () => {
  const head = "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
    "Transfer-Encoding: chunked\r\n\r\n";
  const chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
  const answer = await send_raw(server.url, head + chunk.repeat(12), 5_000);
  assert.deepEqual(statuses(answer.text), [413]);
  assert.equal(answer.closed, true);
});

test("requests that two servers could frame differently end the connection", async () => {
  const smuggled = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const post = "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const heads = [
    [`GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length}\r\n\r\n`],
    ["GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"],
    [`${post}Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n`],
    [`${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`],
    [`${post}Content-Length: -1\r\n\r\n`],
    [`${post}Content-Length: 1e3\r\n\r\n`],
    [`${post}Content-Length : 5\r\n\r\n`],
    [`${post}Transfer-Encoding: chunked, identity\r\n\r\n`],
    [`${post}Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n`],
    [`${post}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: a\n\r\n\r\n`],
    ["GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"],
    ["GET /healthz HTTP/1.1\r\n\r\n"],
    ["GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n"],
    ["GET /healthz HTTP/1.1\nHost: x\n\n"],
    ["POST /api/v1/session HTTP/1.1\r\nHost: x\r\n\r\n", 411],
  ];
  for (const [head, status = 400] of heads) {
    const answer = await send_raw(server.url, head + smuggled);
    assert.deepEqual(statuses(answer.text), [status], head);
    assert.equal(answer.closed, true, head);
  }
});

test("a body that is not looked at is not the next request", async () => {
  const smuggled = "GET /api/v1/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  const next = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const length = `Content-Length: ${smuggled.length}`;
  const chunks = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
  const json = "Content-Type: application/json";
  const cases = [
    ...["gzip", "br", "deflate"].map((coding) => [["POST", length, json, `Content-Encoding: ${coding}`], smuggled, 415]),
    [["POST", length, "Content-Type: text/plain"], smuggled, 415],
    [["POST", length, json, "Sec-Fetch-Site: cross-site"], smuggled, 403],
    [["DELETE", "Transfer-Encoding: chunked"], chunks, 400],
    [["PUT", length], smuggled, 405],
  ];
  for (const [[method, ...fields], body, status] of cases) {
    const head = [`${method} /api/v1/session HTTP/1.1`, "Host: x", ...fields, "", ""].join("\r\n");
    const answer = await send_raw(server.url, head + body + next);
    assert.deepEqual(statuses(answer.text), [status, 200], `${head}${answer.text}`);
  }
});

test("requests that come together, and before a half-close, are all answered in order", async () => {
  const ask = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const paths = Array.from({ length: 200 }, (_, i) => (i % 2 ? "/healthz" : `/api/v1/nothing${i}`));
  const answer = await send_raw(server.url, paths.map(ask).join(""), 5_000, { half_close: true });
  assert.deepEqual(statuses(answer.text), paths.map((_, i) => (i % 2 ? 200 : 404)));
  assert.equal(answer.closed, true);
});

test("nonsense instead of HTTP, endless lines and header floods are refused", async () => {
  const cases = [
    ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n", [400]],
    ["GET\r\n\r\n", [400]],
    ["BREW / HTTP/1.1\r\nHost: x\r\n\r\n", [501]],
    ["GET / HTTP/9.9\r\nHost: x\r\n\r\n", [505]],
    [`GET /${"a".repeat(9_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, [414]],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(9_000)}\r\n\r\n`, [431]],
    [`GET / HTTP/1.1\r\nHost: x\r\n${"X-Many: 1\r\n".repeat(500)}\r\n`, [431]],
  ];
  for (const [bytes, expected] of cases) {
    const answer = await send_raw(server.url, bytes, 3_000);
    assert.deepEqual(statuses(answer.text), expected, bytes.slice(0, 40));
    assert.equal(answer.closed, true, bytes.slice(0, 40));
  }
});

test("a slow body is told 408 and closed", async () => {
  const silent = await send_raw(server.url, "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n" +
    "Content-Type: application/json\r\n\r\n{", 25_000);
  assert.deepEqual(statuses(silent.text), [408]);
  assert.equal(silent.closed, true);
});

test("what RFC 9110 asks of every answer", async () => {
  const raw = (head) => send_raw(server.url, `${head}Connection: close\r\n\r\n`);
  const plain = await raw("GET /healthz HTTP/1.1\r\nHost: x\r\n");
  const date = /^Date: (.*)\r$/m.exec(plain.text)[1];
  assert.ok(Math.abs(Date.parse(date) - Date.now()) < 5_000 && / GMT$/.test(date), date);
  const head = await raw("HEAD /healthz HTTP/1.1\r\nHost: x\r\n");
  assert.match(head.text, /Content-Length: 11\r\n/);
  assert.ok(head.text.endsWith("\r\n\r\n"), "no body");
  const nobody = await raw("GET /api/v1/session HTTP/1.1\r\nHost: x\r\n");
  assert.deepEqual(statuses(nobody.text), [204]);
  assert.doesNotMatch(nobody.text, /Content-Length/);
  const absolute = await raw("GET http://park.example/healthz HTTP/1.1\r\nHost: other\r\n");
  assert.deepEqual(statuses(absolute.text), [200]);
  const excluded = await raw("GET /healthz HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, identity;q=0\r\n");
  assert.match(excluded.text, /Content-Encoding: gzip/);
  const continued = await send_raw(server.url, "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" +
    "Content-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n", 500);
  assert.deepEqual(statuses(continued.text), [100]);
  const expects = await raw("GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\n");
  assert.deepEqual(statuses(expects.text), [417]);
});

test("no path leads out of the page's folder", async () => {
  const paths = ["/../CMakeLists.txt", "/..%2fCMakeLists.txt", "/%2e%2e/%2e%2e/etc/passwd",
                 "/static/../../../../etc/passwd", "//etc/passwd", "/static/..\\..\\x", "/.git/config",
                 "/%00", "/index.html%00.js", "/static/", "/static", "/%c0%ae%c0%ae/etc/passwd"];
  for (const path of paths) {
    const answer = await send_raw(server.url, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.ok([400, 404].includes(statuses(answer.text)[0]), path);
    assert.ok(!/root:|cmake_minimum/.test(answer.text), path);
  }
});

test("unknown routes and methods are named", async () => {
  assert.equal((await client.request("GET", "/api/v1/nothing")).status, 404);
  assert.equal((await client.request("POST", "/nothing", {})).status, 404);
  const wrong_method = await client.request("PUT", "/api/v1/session", {});
  assert.equal(wrong_method.status, 405);
  assert.equal(wrong_method.headers.get("allow"), "POST, GET, HEAD, DELETE");
  assert.equal((await client.request("GET", "/api/v1/push")).status, 405);
});

test("queries of a pull are checked", async () => {
  for (const query of ["", "client=x", `client=${client.id}&wait_ms=-1`, `client=${client.id}&wait_ms=60001`,
                       `client=${client.id}&wait_ms=1e3`]) {
    const answer = await client.request("GET", `/api/v1/pull?${query}`);
    assert.equal(answer.status, 400, query);
    assert.equal(answer.body.code, "malformed", query);
  }
});

test("header injection by values the server echoes is impossible", async () => {
  const answer = await send_raw(server.url,
    "GET /api/v1/%0d%0aX-Injected:%201 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  assert.ok(!/^X-Injected/im.test(answer.text));
  for (const line of server.log.split("\n").filter(Boolean)) JSON.parse(line);
});
