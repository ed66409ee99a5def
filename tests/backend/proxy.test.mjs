// Two requests through a proxy that reuses its connection to the server, for every route and every refusal: the second one,
// of another visitor, must get its own answer. Whatever the first one leaves behind on the connection would run as his.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { Agent, createServer, request as http_request } from "node:http";
import { connect } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { make_park, monday_morning, sign_in_all } from "./support/park.mjs";
import { send_raw } from "./support/raw.mjs";
import { temp_folder } from "./support/server.mjs";

let server;
let client;
let upstream;
let requests;

before(async () => {
  const park = await make_park({ enterprises: 1, server: { now: monday_morning, args: ["--trusted-proxy"] } });
  server = park.server;
  [client] = await sign_in_all(server, park.accounts);
  upstream = new URL(server.url);
  requests = await all_requests();
});
after(async () => {
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

const body_follows_after_ms = 15;

// What the victim must never get: the answer to this, smuggled behind somebody else's request.
const smuggled = "GET /api/v1/smuggled HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";

function head_of(method, path, fields) {
  return [`${method} ${path} HTTP/1.1`, "Host: park.example", ...fields, "", ""].join("\r\n");
}

const with_length = (body) => `Content-Length: ${Buffer.byteLength(body)}`;
const chunks = (...parts) =>
  parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join("") + "0\r\n\r\n";

// Every route of the document, with everything that its guards refuse, as raw bytes: [name, head, body].
async function all_requests() {
  const document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
  const found = [];
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method.toUpperCase(), path]));
  assert.ok(routes.length >= 8, "the document names the routes");
  const session = [`Cookie: ${client.session_cookie}`, `X-Yuanyue-CSRF: ${client.csrf_token}`];
  const json = "Content-Type: application/json";
  const add = (what, method, path, fields, body = "") =>
    found.push([`${method} ${path} ${what}`, head_of(method, path, fields), body]);
  for (const [method, path] of [...routes, ["GET", "/"], ["GET", "/nowhere"], ["POST", "/api/v1/nowhere"],
                                ["PUT", "/api/v1/session"], ["PATCH", "/"], ["OPTIONS", "/api/v1/push"]]) {
    const may_have_body = !["GET", "HEAD", "OPTIONS"].includes(method);
    if (!may_have_body) {
      add("plain", method, path, []);
      add("with a session", method, path, session.slice(0, 1));
      add("with a condition", method, path, ["If-None-Match: *"]);
      add("that expects", method, path, ["Expect: 100-continue"]);
      add("as HEAD", "HEAD", path, []);
      add("with an empty body", method, path, ["Content-Length: 0"]);
      continue;
    }
    if (method === "DELETE" && path === "/api/v1/session") session_safe(add, method, path);
    const signed = path === "/api/v1/session" ? [] : session;
    // The last one is longer than what a server may read and drop with the head.
    for (const body of [smuggled, "{}", "", "{", "[".repeat(2_000), smuggled.repeat(150)]) {
      const named = `of ${body.length} bytes`;
      add(named, method, path, [...signed, json, with_length(body)], body);
      add(`${named}, unsigned`, method, path, [json, with_length(body)], body);
      add(`${named} in chunks`, method, path, [...signed, json, "Transfer-Encoding: chunked"],
        body ? chunks(body) : "0\r\n\r\n");
      add(`${named} of another type`, method, path, [...signed, "Content-Type: text/plain", with_length(body)], body);
      for (const type of ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]) {
        add(`${named} as ${type}`, method, path, [...signed, `Content-Type: ${type}`, with_length(body)], body);
      }
      for (const coding of ["gzip", "br", "deflate", "zstd"]) {
        add(`${named} coded ${coding}`, method, path, [...signed, json, `Content-Encoding: ${coding}`,
          with_length(body)], body);
        add(`${named} coded ${coding} in chunks`, method, path, [...signed, json, `Content-Encoding: ${coding}`,
          "Transfer-Encoding: chunked"], body ? chunks(body) : "0\r\n\r\n");
      }
      add(`${named} from another site`, method, path, [...signed, json, "Sec-Fetch-Site: cross-site",
        with_length(body)], body);
      add(`${named} that expects`, method, path, [...signed, json, "Expect: 100-continue", with_length(body)], body);
    }
    const large = smuggled + "x".repeat(600 * 1024);
    add("too large", method, path, [...signed, json, with_length(large)], large);
    const over_limit = smuggled + "x".repeat(6_000);
    add("too large for a sign-in", method, path, [...signed, json, with_length(over_limit)], over_limit);
  }
  return found;
}

// Signing out for real would take the session from the requests behind it.
function session_safe(add, method, path) {
  add("in chunks with trailers", method, path, ["Transfer-Encoding: chunked", "Trailer: X"],
    `3\r\nabc\r\n0\r\nX: 1\r\n\r\n`);
}

// Sends the attacker's request on a connection of his own, then a visitor's on another, both through the proxy.
async function second_request(port, head, body, number) {
  await first_answer(port, head, body);
  const answer = await ask(port, `/api/v1/time?visitor=${number}`);
  assert.equal(answer.status, 200, answer.body);
  assert.ok("server_now" in JSON.parse(answer.body), answer.body);
}

// Until the answer has come, and nothing behind it for a moment; or the connection has ended. The body follows the head after
// a moment: in one piece a server that reads both at once might drop what it has not looked at, and look better than it is.
function first_answer(port, head, body) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(head);
      if (body) setTimeout(() => socket.writable && socket.write(body), body_follows_after_ms);
    });
    let text = "";
    let timer = setTimeout(() => socket.destroy(), 5_000);
    socket.on("data", (data) => {
      text += data.toString("latin1");
      if (!/HTTP\/1\.[01] [2-5]\d\d[^]*\r\n\r\n/.test(text)) return;
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(), body ? 2 * body_follows_after_ms : 5);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function ask(port, path) {
  return new Promise((resolve, reject) => {
    const asked = http_request({ host: "127.0.0.1", port, path, agent: new Agent({ keepAlive: false }) }, (answer) => {
      let body = "";
      answer.on("data", (part) => (body += part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

async function try_all(port) {
  for (const [number, [name, head, body]] of requests.entries()) {
    await second_request(port, head, body, number).catch((error) => {
      throw new Error(`behind ${name}: ${error.message}`);
    });
  }
}

// Waits until something listens.
async function listens(port, child) {
  for (let i = 0; i < 200; ++i) {
    if (child.exitCode !== null) throw new Error(`the proxy ended: ${child.told}`);
    const open = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false));
      setTimeout(() => socket.destroy(), 100);
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the proxy does not listen");
}

async function free_port() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function start(command, args) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  child.told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (child.told += text));
  return child;
}

async function stop(child) {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(timer);
}

// A proxy of the simplest kind: what its parser takes for a request goes out on the one connection to the server.
test("an own agent that reuses its connection: every second request gets its own answer", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set();
  const proxy = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers };
    delete headers.connection;  // of the visitor's connection
    const forwarded = http_request({ agent, host: upstream.hostname, port: upstream.port, method: incoming.method,
      path: incoming.url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.flushHeaders();
    forwarded.on("socket", (socket) => sockets.add(socket));
    forwarded.on("error", () => {
      outgoing.statusCode = 502;
      outgoing.end();
    });
    incoming.pipe(forwarded);
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  try {
    await try_all(proxy.address().port);
    assert.ok(sockets.size < requests.length, `connections were reused: ${sockets.size}`);
  } finally {
    agent.destroy();
    proxy.closeAllConnections?.();
    await new Promise((resolve) => proxy.close(resolve));
  }
});

// Without any proxy: one connection, what comes behind on it is answered in order or not at all.
test("on one connection nothing of a body is ever a request", async () => {
  for (const [name, head, body] of requests) {
    const next = head_of("GET", "/healthz", ["Connection: close"]);
    const answer = await send_raw(server.url, [head, body + next], 6_000);
    assert.ok(!/smuggled/.test(answer.text), name);
    const answers = [...answer.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))
      .filter((status) => status !== 100);
    const is_cut_off = answers.length === 1 && answers[0] >= 400;
    assert.ok(is_cut_off || (answers.length === 2 && answers[1] === 200), `${name}: ${answers}`);
  }
});

function nginx_config(folder, port) {
  return `
daemon off;
master_process off;
pid ${folder}/pid;
error_log stderr error;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  client_max_body_size 512k;
  upstream park { server ${upstream.host}; keepalive 1; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://park;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Connection "";
    }
  }
}
`;
}

const haproxy_config = (port) => `
global
  maxconn 64
defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
  http-reuse always
frontend all
  bind 127.0.0.1:${port}
  default_backend park
backend park
  option forwardfor
  server one ${upstream.host} pool-max-conn 1
`;

const is_there = (program) => spawnSync("sh", ["-c", `PATH=$PATH:/usr/sbin command -v ${program}`]).status === 0;
const program_path = (program) =>
  spawnSync("sh", ["-c", `PATH=$PATH:/usr/sbin command -v ${program}`], { encoding: "utf8" }).stdout.trim();

for (const [program, config, args] of [
  ["nginx", nginx_config, (file, folder) => ["-c", file, "-p", folder]],
  ["haproxy", (_folder, port) => haproxy_config(port), (file) => ["-db", "-f", file]],
]) {
  test(`${program} that reuses its connections: every second request gets its own answer`, async () => {
    assert.ok(is_there(program), `${program} is not installed: scripts/test installs it`);
    const folder = temp_folder();
    const port = await free_port();
    const file = join(folder, "config");
    writeFileSync(file, config(folder, port));
    const child = start(program_path(program), args(file, folder));
    try {
      await listens(port, child);
      await try_all(port);
    } finally {
      await stop(child);
    }
  });
}
