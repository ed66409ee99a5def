// One copy of the tree with its build, in which scripts/mutate tries faults one after another.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { with_fault } from "./mutations.mjs";

const compile_limit_seconds = 1800;
// What a test may take beside a fault: so many times what it took without.
const slack = 5;

// Runs to its end or to the limit: { code, signal, out, hung, seconds }.
function run(command, args, { limit_seconds, ...options }) {
  const began = Date.now();
  return new Promise((resolve) => {
    // A group of its own, so that servers that a test has started end with it.
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let out = "";
    let hung = false;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (out = (out + data).slice(-200_000)));
    const timer = setTimeout(() => {
      hung = true;
      process.kill(-child.pid, "SIGKILL");
    }, limit_seconds * 1000);
    child.on("error", (error) => resolve({ code: 1, signal: null, out: String(error), hung, seconds: 0 }));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, out, hung, seconds: (Date.now() - began) / 1000 });
    });
  });
}

const digest = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

// Tree's files into `copy`, only those that differ, so that nothing else is built again.
function copy_tree(top, copy) {
  const listing = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: top, encoding: "utf8" });
  const paths = new Set(listing.split("\0").filter((path) => path && existsSync(join(top, path))));
  mkdirSync(copy, { recursive: true });
  const stale = (folder) => readdirSync(join(copy, folder), { withFileTypes: true }).forEach((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (["build", "node_modules"].includes(path)) return;
    if (entry.isDirectory()) stale(path);
    else if (!paths.has(path)) rmSync(join(copy, path));
  });
  stale("");
  for (const path of paths) {
    const [from, to] = [join(top, path), join(copy, path)];
    if (existsSync(to) && statSync(to).size === statSync(from).size && readFileSync(to).equals(readFileSync(from))) continue;
    cpSync(from, to);
  }
}

function link_to(target, path) {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

// Names of the test suites in a folder of C++ tests, as a filter of googletest.
function suites_in(folder) {
  if (!existsSync(folder)) return [];
  const names = new Set();
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!String(entry).endsWith(".cpp")) continue;
    for (const [, name] of readFileSync(join(folder, String(entry)), "utf8").matchAll(/^TEST(?:_[FP])?\(\s*(\w+)/gm)) names.add(name);
  }
  return [...names].flatMap((name) => [`${name}.*`, `*/${name}.*`]);
}

export class Workshop {
  static async open(top, folder, { least_limit_seconds = 60 } = {}) {
    const workshop = new Workshop();
    workshop.least_limit_seconds = least_limit_seconds;
    workshop.copy = join(folder, "tree");
    workshop.build_folder = join(workshop.copy, "build", "mutate");
    workshop.usual = new Map();
    copy_tree(top, workshop.copy);
    link_to("mutate", join(workshop.copy, "build", "native"));
    link_to(join(top, "build", "web"), join(workshop.copy, "build", "web"));
    link_to(join(top, "node_modules"), join(workshop.copy, "node_modules"));
    if (!existsSync(join(workshop.build_folder, "build.ninja"))) {
      const configured = await run("cmake", ["--preset", "mutate", `-DYUANYUE_CACHE=${process.env.YUANYUE_CACHE}`],
        { cwd: workshop.copy, limit_seconds: compile_limit_seconds });
      if (configured.code !== 0) throw new Error(`the copy could not be configured:\n${configured.out}`);
    }
    return workshop;
  }

  build(...targets) {
    return run("cmake", ["--build", this.build_folder, "--parallel", process.env.YUANYUE_JOBS ?? "2", "--target", ...targets],
      { cwd: this.copy, limit_seconds: compile_limit_seconds });
  }

  // Stages of googletest for one program: those nearest to the changed file, the others, and the long worlds last.
  native_stages(program, path) {
    const [part, folder] = path.split("/");
    const tests = join(this.copy, "tests", program === "core_tests" ? "core" : "backend");
    const near = program === `${part}_tests` ? suites_in(join(tests, folder)) : [];
    const worlds = suites_in(join(tests, "worlds"));
    const filters = [near.join(":"), `*-${[...near, ...worlds].join(":")}`, worlds.join(":")];
    return filters.filter(Boolean).map((filter) => ({ name: program, limit_of: `${program} ${filter}`, command: join(this.build_folder, program),
      args: [`--gtest_filter=${filter}`, "--gtest_fail_fast", "--gtest_brief=1"] }));
  }

  http_stages() {
    const folder = join(this.copy, "tests", "backend");
    const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
    // The quickest first; before they were timed, by name.
    const time = (file) => this.usual.get(file) ?? 0;
    return files.sort((a, b) => time(a) - time(b)).map((file) => ({ name: file, limit_of: file, command: process.execPath, is_timed: true,
      args: ["--test", "--test-reporter=tap", join(folder, file)] }));
  }

  // Seconds that a stage takes without any fault; fails when it does not pass then. Built before.
  async time_without_fault(stage) {
    const result = await run(stage.command, stage.args, { cwd: this.copy, limit_seconds: 3600 });
    if (result.code !== 0) throw new Error(`${stage.name} fails without any fault:\n${result.out.slice(-3000)}`);
    this.usual.set(stage.limit_of, result.seconds);
  }

  // Times what the faults of this part of the tree will be judged by, once, before the first of them.
  async prepare(path) {
    const is_core = path.startsWith("core/");
    this.programs ??= new Map();
    const targets = is_core ? ["core_tests", "backend_tests"] : ["backend_tests", "yuanyue", "fault_shim"];
    const missing = targets.filter((target) => !this.programs.has(target));
    if (missing.length > 0) {
      console.error(`building ${missing.join(", ")} without a fault`);
      const built = await this.build(...missing);
      if (built.code !== 0) throw new Error(`the tree does not build:\n${built.out.slice(-3000)}`);
      for (const target of missing) this.programs.set(target, this.program_digest(target));
    }
    const stages = is_core ? [...this.native_stages("core_tests", path), ...this.native_stages("backend_tests", path)] :
      [...this.native_stages("backend_tests", path), ...this.http_stages()];
    const untimed = stages.filter((stage) => !this.usual.has(stage.limit_of));
    // The programs may still have the last fault in them.
    if (untimed.length > 0 && (await this.build(...targets)).code !== 0) throw new Error("the tree does not build any more");
    for (const stage of untimed) await this.time_without_fault(stage);
  }

  program_digest(target) {
    const file = join(this.build_folder, target);
    return existsSync(file) ? digest(file) : "";
  }

  async passes(stage) {
    const limit_seconds = Math.max(this.least_limit_seconds, slack * this.usual.get(stage.limit_of));
    const result = await run(stage.command, stage.args, { cwd: this.copy, limit_seconds });
    if (result.hung) return { verdict: "hung", by: stage.name };
    if (result.code === 0) return null;
    if (result.signal) return { verdict: "crashed", by: `${stage.name}, ${result.signal}` };
    const test = result.out.match(/\[  FAILED  \] ([\w./]+)/)?.[1] ?? result.out.match(/^\s*not ok \d+ - (.*)/m)?.[1] ?? "";
    return { verdict: "noticed", by: `${stage.name} ${test}`.trim() };
  }

  async first_notice(stages) {
    for (const stage of stages) {
      let notice = await this.passes(stage);
      // What measures time may fail without a fault on a busy machine: asked twice.
      if (notice && stage.is_timed) notice = await this.passes(stage);
      if (notice) return notice;
    }
    return null;
  }

  async try_fault({ path }) {
    const is_core = path.startsWith("core/");
    const targets = is_core ? ["core_tests"] : ["backend_tests", "yuanyue"];
    if ((await this.build(...targets)).code !== 0) return { verdict: "does not compile" };
    if (targets.every((target) => this.program_digest(target) === this.programs.get(target))) return { verdict: "changes nothing" };
    const notice = await this.first_notice(this.native_stages(targets[0], path));
    if (notice) return notice;
    if (is_core && (await this.build("backend_tests")).code !== 0) return { verdict: "does not compile" };
    const further = is_core ? this.native_stages("backend_tests", path) : this.http_stages();
    return (await this.first_notice(further)) ?? { verdict: "survived" };
  }

  // { verdict, by, seconds } : noticed, crashed, hung or survived, else why it is no fault at all.
  async judge(fault, text) {
    await this.prepare(fault.path);
    const began = Date.now();
    const file = join(this.copy, fault.path);
    writeFileSync(file, with_fault(text, fault));
    try {
      return { ...(await this.try_fault(fault)), seconds: (Date.now() - began) / 1000 };
    } finally {
      writeFileSync(file, text);
    }
  }
}
