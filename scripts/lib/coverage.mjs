// Adds up what gcov says of core/: node coverage.mjs TOP. Branches that only exceptions take do not count (gcov marks
// them; core is built without exceptions), nor those that the compiler makes for a comparison that is "= default". A line or branch counts as reached when any of the objects that contain it,
// tests that inline core's headers included, has reached it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const top = process.argv[2];
const build = join(top, "build", "coverage");

function data_files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return data_files(path);
    return entry.name.endsWith(".gcda") ? [path] : [];
  });
}

const defaulted = new Map();
function is_defaulted_comparison(file, number) {
  if (!defaulted.has(file)) {
    defaulted.set(file, readFileSync(join(top, file), "utf8").split("\n")
      .map((text) => /\boperator(==|<=>)\(.*= default;/.test(text)));
  }
  return defaulted.get(file)[number - 1];
}

// file → line → {count, branches: [count]}
const files = new Map();
function add(file, line) {
  const lines = files.get(file) ?? files.set(file, new Map()).get(file);
  const known = lines.get(line.line_number) ?? lines.set(line.line_number, { count: 0, branches: [] }).get(line.line_number);
  known.count += line.count;
  // A template or inline function comes once an instance: its branches are the same ones each time.
  if (is_defaulted_comparison(file, line.line_number)) return;
  line.branches.filter((branch) => !branch.throw).forEach((branch, i) => {
    known.branches[i] = (known.branches[i] ?? 0) + branch.count;
  });
}

// Of the compiler that counted.
const gcov = `gcov-${execFileSync("g++", ["-dumpversion"], { encoding: "utf8" }).trim()}`;
const objects = data_files(build);
for (const object of objects) {
  const text = execFileSync(gcov, ["--json-format", "--stdout", "--branch-probabilities", object],
    { cwd: build, encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
  for (const json of text.split("\n").filter(Boolean)) {
    for (const file of JSON.parse(json).files) {
      const path = file.file.replace(/^\/+/, "").replace(`${top.slice(1)}/`, "");
      if (path.startsWith("core/")) file.lines.forEach((line) => add(path, line));
    }
  }
}
if (files.size === 0) throw new Error("no counter of core/ was written");

const share = (reached, all) => (all === 0 ? "100.0" : ((100 * reached) / all).toFixed(1));
const total = { lines: 0, lines_reached: 0, branches: 0, branches_reached: 0 };
const uncovered = [];
for (const [path, lines] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const one = { lines: 0, lines_reached: 0, branches: 0, branches_reached: 0 };
  for (const [number, line] of [...lines].sort(([a], [b]) => a - b)) {
    const missed = line.branches.filter((count) => count === 0).length;
    one.lines += 1;
    one.lines_reached += line.count > 0 ? 1 : 0;
    one.branches += line.branches.length;
    one.branches_reached += line.branches.length - missed;
    if (line.count === 0) uncovered.push(`${path}:${number}: never run`);
    else if (missed > 0) uncovered.push(`${path}:${number}: ${missed} of ${line.branches.length} branches never taken`);
  }
  console.log(`${path}\tlines ${share(one.lines_reached, one.lines)} %\tbranches ${share(one.branches_reached, one.branches)} %` +
    ` (${one.branches_reached}/${one.branches})`);
  for (const key of Object.keys(total)) total[key] += one[key];
}
writeFileSync(join(build, "uncovered.txt"), uncovered.join("\n") + "\n");
console.log(`core: lines ${share(total.lines_reached, total.lines)} % (${total.lines_reached}/${total.lines}), ` +
  `branches ${share(total.branches_reached, total.branches)} % (${total.branches_reached}/${total.branches})`);
