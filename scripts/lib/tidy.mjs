// clang-tidy on every C++ file of ours, as its own build compiles it. A file is checked again only when it, a header
// of ours that it includes, its flags or the rules have changed: what was found clean is remembered in the cache.
//
// usage: tidy.mjs CACHE_FOLDER JOBS EMXX    (EMXX: em++ of the web build)    prints "N passed, N failed"

import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const [cache_folder, jobs, emxx] = process.argv.slice(2);
const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const tool = "clang-tidy-19";
const our_folders = ["core/", "backend/", "web/", "tests/"];

function our_compile_commands(preset) {
  const path = join(top, "build", preset, "compile_commands.json");
  return JSON.parse(readFileSync(path, "utf8")).filter(({ file }) =>
    our_folders.some((folder) => relative(top, file).startsWith(folder)),
  );
}

const texts = new Map();
function text_of(path) {
  if (!texts.has(path)) texts.set(path, existsSync(path) ? readFileSync(path, "utf8") : null);
  return texts.get(path);
}

// Our own headers that a file reads, itself included. Includes are written from the root or beside the file.
function read_files(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of text_of(path).matchAll(/^\s*#\s*include\s*"([^"]+)"/gm)) {
    const header = [join(top, name), join(dirname(path), name)].find((candidate) => text_of(candidate) !== null);
    if (header) read_files(header, found);
  }
  return found;
}

function web_flags() {
  // What em++ adds to clang's command line: the target and the system's headers.
  return execFileSync(emxx, ["--cflags"], { encoding: "utf8" }).trim().split(/\s+/);
}

function task_for(entry, preset, extra_flags) {
  const hash = createHash("sha256").update(rules).update(extra_flags.join(" "));
  hash.update(entry.command.replaceAll(top, "").replace(/-o \S+/, ""));
  for (const path of [...read_files(entry.file)].sort()) hash.update(relative(top, path)).update(text_of(path));
  const stamp = join(cache_folder, hash.digest("hex"));
  const flags = ["-Wno-unknown-warning-option", ...extra_flags];
  const command = ["-p", join(top, "build", preset), "--quiet", ...flags.map((f) => `--extra-arg-before=${f}`), entry.file];
  return { name: relative(top, entry.file), stamp, command };
}

function run_task({ name, stamp, command }) {
  return new Promise((resolve) => {
    execFile(tool, command, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) {
        console.log(`${name}\n${stdout.trim() || stderr.trim()}`);
      } else {
        writeFileSync(stamp, name);
      }
      resolve(!error);
    });
  });
}

async function run_all(tasks) {
  const waiting = [...tasks];
  let failed = 0;
  const worker = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) if (!(await run_task(task))) failed += 1;
  };
  await Promise.all(Array.from({ length: Number(jobs) }, worker));
  return failed;
}

const rules = readFileSync(join(top, ".clang-tidy"), "utf8") + execFileSync(tool, ["--version"]);
mkdirSync(cache_folder, { recursive: true });
const native = our_compile_commands("native");
const native_files = new Set(native.map(({ file }) => file));
const web_only = our_compile_commands("web").filter(({ file }) => !native_files.has(file));
const extra = web_only.length > 0 ? web_flags() : [];
const tasks = [
  ...native.map((entry) => task_for(entry, "native", [])),
  ...web_only.map((entry) => task_for(entry, "web", extra)),
];
const stale = tasks.filter(({ stamp }) => !existsSync(stamp));
console.log(`clang-tidy: ${stale.length} of ${tasks.length} files are new or changed`);
const failed = await run_all(stale);
console.log(`${tasks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
