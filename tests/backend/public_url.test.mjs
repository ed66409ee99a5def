// The server under its public address: Host is pinned, browsers stay with TLS, security.txt says whom to tell.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";

import { run_cli, Server, temp_folder } from "./support/server.mjs";

// Undici sets Host by itself; here it is what the test says.
function ask(server, path, headers = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, headers }, (answer) => {
      let body = "";
      answer.on("data", (text) => (body += text));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    }).on("error", reject).end();
  });
}

test("with a public address other hosts are refused, and health is told under any name", async () => {
  const server = await Server.start({ args: ["--public-url", "https://park.example"] });
  const under = (host, path = "/api/v1/time") => ask(server, path, { host });
  for (const host of ["park.example", "PARK.example:443"]) assert.equal((await under(host)).status, 200, host);
  for (const host of ["evil.example", "127.0.0.1", "park.example:8080", "park.example.evil.example"]) {
    for (const path of ["/api/v1/time", "/", "/api/v1/session", "/.well-known/security.txt"]) {
      assert.equal((await under(host, path)).status, 421, `${host} ${path}`);
    }
    assert.equal((await under(host, "/healthz")).status, 200);
    assert.equal((await under(host, "/readyz")).status, 200);
  }
  const answer = await under("park.example");
  assert.equal(answer.headers["strict-transport-security"], "max-age=31536000");
  await server.stop();
});

test("browsers are told to stay with TLS exactly when the server is behind it", async () => {
  const secure = await Server.start({ args: ["--secure-cookies"] });
  for (const path of ["/", "/api/v1/time", "/api/v1/session", "/nothing", "/api/v1/nothing"]) {
    assert.equal((await ask(secure, path)).headers["strict-transport-security"], "max-age=31536000", path);
  }
  await secure.stop();
  const plain = await Server.start({ args: ["--public-url", "http://park.example"] });
  const answer = await ask(plain, "/api/v1/time", { host: "park.example" });
  assert.equal(answer.headers["strict-transport-security"], undefined);
  await plain.stop();
});

test("security.txt says whom to tell, until when, and where it belongs; without a contact there is none", async () => {
  const server = await Server.start({ now: "2026-11-23T09:00:00+08:00", args: ["--public-url", "https://park.example",
    "--security-contact", "mailto:security@park.example", "--security-contact", "tel:+86-21-5555-0101"] });
  const answer = await ask(server, "/.well-known/security.txt", { host: "park.example" });
  assert.equal(answer.status, 200);
  assert.match(answer.headers["content-type"], /^text\/plain; charset=utf-8/);
  assert.equal(answer.body, "Contact: mailto:security@park.example\nContact: tel:+86-21-5555-0101\n" +
    "Expires: 2027-05-22T00:00:00+08:00\nPreferred-Languages: zh, en\n" +
    "Canonical: https://park.example/.well-known/security.txt\n");
  await server.stop();
  const silent = await Server.start();
  assert.equal((await ask(silent, "/.well-known/security.txt")).status, 404);
  await silent.stop();
});

test("addresses that are none, and contradictions, are wrong usage", () => {
  const data = temp_folder();
  for (const args of [["--public-url", "park.example"], ["--public-url", "https://park.example/app"],
                      ["--public-url", "http://park.example", "--secure-cookies"],
                      ["--security-contact", "security@park.example"], ["--security-contact", "https://a b"],
                      ["--security-contact", "mailto:a@b\nContact: mailto:evil@example"]]) {
    assert.equal(run_cli("serve", "--data", data, "--port", "0", ...args).code, 2, args.join(" "));
  }
});
