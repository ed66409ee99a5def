// Starts the real binary on a free port with a data folder of its own, and stops it again.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const top = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
export const binary = process.env.YUANYUE_BINARY ?? join(top, "build", "native", "yuanyue");

// What has to be cleared away when the test process ends, however it ends.
const left_overs = [];
process.on("exit", () => {
  for (const clear_away of left_overs.reverse()) clear_away();
});

// A folder that is removed when the test process ends.
export function temp_folder() {
  const folder = mkdtempSync(join(tmpdir(), "yuanyue-test-"));
  left_overs.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Runs a command to its end: {code, stdout, stderr}.
export function run_cli(...args) {
  const run = spawnSync(binary, args, { encoding: "utf8", timeout: 600_000 });
  if (run.error) throw run.error;
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

// As run_cli, must succeed; gives the JSON it prints.
export function run_cli_json(...args) {
  const run = run_cli(...args);
  if (run.code !== 0) throw new Error(`yuanyue ${args.join(" ")}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

export class Server {
  // options: data, port, now, demo, log_level, args (more command line), env (more environment)
  static async start(options = {}) {
    const server = new Server();
    server.data = options.data ?? temp_folder();
    const args = ["serve", "--data", server.data, "--port", String(options.port ?? 0)];
    if (options.now) args.push("--now", options.now);
    if (options.demo) args.push("--demo");
    args.push("--log-level", options.log_level ?? "info", ...(options.args ?? []));
    server.process = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...options.env } });
    server.log = "";
    server.output = "";
    server.exited = new Promise((resolve) =>
      server.process.on("exit", (code, signal) => resolve({ code, signal })),
    );
    server.process.stderr.on("data", (text) => (server.log += text));
    server.url = await new Promise((resolve, reject) => {
      server.process.stdout.on("data", (text) => {
        server.output += text;
        const found = /http:\/\/[^/\s]+/.exec(server.output);
        if (found) resolve(found[0]);
      });
      server.exited.then(() => reject(new Error(`the server ended: ${server.log}`)));
    });
    left_overs.push(() => server.process.kill("SIGKILL"));
    server.hold(false);
    return server;
  }

  // A server that a failed test left behind must not keep the test process from ending, and being killed with it.
  hold(held) {
    for (const handle of [this.process, this.process.stdout, this.process.stderr]) held ? handle.ref() : handle.unref();
  }

  // Graceful; gives {code, signal}.
  async stop() {
    this.hold(true);
    this.process.kill("SIGTERM");
    return this.exited;
  }

  // As a power cut would.
  async kill() {
    this.hold(true);
    this.process.kill("SIGKILL");
    return this.exited;
  }

  // The log lines, parsed.
  log_lines() {
    return this.log.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  }

  async move_clock(now) {
    const answer = await fetch(`${this.url}/api/v1/dev/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ now }),
    });
    return { status: answer.status, body: await answer.json() };
  }
}
