// Rules about the tree itself. Prints each breach, then "N passed, N failed", counted by rule.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const line_limit = 500;
// Files that may be longer, each with its reason.
const long_files = new Map([["package-lock.json", "written by npm"]]);
const top_level = new Set([
  "CMakeLists.txt", "CMakePresets.json", "LICENSE", "SECURITY.md", "THIRD_PARTY.md", "package.json", "package-lock.json",
  "assets", "backend", "core", "docs", "scripts", "tests", "web",
]);
const text_extensions = new Set([
  "", ".h", ".in", ".cpp", ".ts", ".mjs", ".js", ".css", ".html", ".json", ".md", ".txt", ".cmake", ".sh", ".svg", ".yml",
]);

function tracked_files() {
  // New files count too, ignored ones do not. Without git (an unpacked archive) everything but build output counts.
  try {
    const options = { cwd: top, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    const listing = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], options);
    return listing.split("\0").filter(Boolean);
  } catch {
    const built = new Set(["build", "node_modules", ".yuanyue-data"]);
    const walk = (folder) =>
      readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) => {
        if (folder === "" && built.has(entry.name)) return [];
        const path = join(folder, entry.name);
        return entry.isDirectory() ? walk(path) : [path];
      });
    return walk("");
  }
}

function texts() {
  const result = new Map();
  for (const path of tracked_files()) {
    if (!text_extensions.has(extname(path))) continue;
    try {
      result.set(path, readFileSync(join(top, path), "utf8"));
    } catch {
      // Deleted but still in the index.
    }
  }
  return result;
}

const is_ours = (path) => !["package-lock.json", "LICENSE"].includes(path) && !path.startsWith("assets/");

// Each rule: (path, text) -> breaches as sentences.
const rules = {
  "the top level holds only what the layout names": (path) => {
    const first = path.split("/")[0];
    return first.startsWith(".") || first.startsWith("README") || top_level.has(first) ? [] : ["does not belong here"];
  },
  [`no file is longer than ${line_limit} lines`]: (path, text) => {
    const lines = text.split("\n").length - 1;
    if (lines <= line_limit || long_files.has(path) || path.startsWith("assets/")) return [];
    return [`${lines} lines: split it by concept, or give its reason in scripts/lib/check_tree.mjs`];
  },
  "nothing names a path of one machine": (path, text) =>
    lines_matching(text, /(^|[\s"'`=(:])\/(root|work|home\/\w+|Users)\//).map((line) => `line ${line}`),
  "nothing names a package host": (path, text) =>
    lines_matching(text, /(deb\.debian\.org|registry\.npmjs\.org|\bpypi\.org|artifactregistry)/).map((line) =>
      path === "scripts/lib/check_tree.mjs" ? null : `line ${line}`,
    ),
  "lines end cleanly": (path, text) => {
    if (!is_ours(path) || path.endsWith(".svg")) return [];
    const breaches = path.endsWith(".md") ? [] : lines_matching(text, /[ \t]+$/).map((line) => `line ${line}: space at its end`);
    if (text.includes("\r")) breaches.push("has carriage returns");
    if (text.length > 0 && !text.endsWith("\n")) breaches.push("its last line does not end");
    return breaches;
  },
  "headers open with #pragma once": (path, text) =>
    path.endsWith(".h") && !/^(\s*\/\/[^\n]*\n|\s*\n)*#pragma once\n/.test(text) ? ["does not"] : [],
  "nothing is left to do without a reason": (path, text) =>
    path === "scripts/lib/check_tree.mjs" ? [] : lines_matching(text, /\b(TODO|FIXME|XXX)\b(?!\()/).map((line) => `line ${line}`),
  "no test is skipped or left out": (path, text) =>
    path.startsWith("tests/")
      ? lines_matching(text, /GTEST_SKIP|DISABLED_|\b(test|it|describe)\.(skip|todo|only)\b/).map((line) => `line ${line}`)
      : [],
};

function lines_matching(text, pattern) {
  return text.split("\n").flatMap((line, i) => (pattern.test(line) ? [i + 1] : []));
}

const files = texts();
let failed = 0;
for (const [rule, breaches_of] of Object.entries(rules)) {
  const breaches = [...files].flatMap(([path, text]) =>
    breaches_of(path, text).filter(Boolean).map((breach) => `  ${path}: ${breach}`),
  );
  if (breaches.length > 0) {
    failed += 1;
    console.log(`Rule broken: ${rule}\n${breaches.join("\n")}`);
  }
}
console.log(`${Object.keys(rules).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
