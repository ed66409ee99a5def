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

// Who may include whom: each folder the ones before it, of core and of its own part. Tests may include everything.
const layers = {
  core: ["base", "calendar", "wire", "kernel", "people", "catalog", "appointments", "messages", "domains", "protocol", "sync"],
  backend: ["log", "threads", "network", "store", "play", "engine_loop", "auth", "connections", "http", "admin", "demo", "cli"],
  web: ["bridge", "ui", "app", "features", "pages", "gallery"],
  "web/features": ["sync", "people", "catalog", "messages", "appointments", "home"],
};
// These know nothing of each other.
const apart = [["calendar", "wire"], ["features", "gallery"], ["pages", "gallery"]];

// The part and layer of a file; of one that is in no folder of its part, no layer. A folder that has an order of its own
// is a part whose files are in the layer of that name.
function place(file) {
  const folders = file.split("/").slice(0, -1);
  return [folders[0], folders[1], folders.slice(2)];
}

// May a file of this folder include one of that?
function may_include([part, layer, inner], [other_part, other_layer, other_inner]) {
  if (part !== other_part) return other_part === "core" && part !== "core";
  if (layer === undefined) return true;
  if (layer === other_layer) {
    const inside = `${part}/${layer}`;
    return !layers[inside] || may_include([inside, inner[0], inner.slice(1)], [inside, other_inner[0], other_inner.slice(1)]);
  }
  if (apart.some((pair) => pair.includes(layer) && pair.includes(other_layer))) return false;
  const order = layers[part];
  return order.includes(other_layer) && order.indexOf(other_layer) < order.indexOf(layer);
}

function includes_upwards(path, text) {
  if (!/^(core|backend|web)\/.*\.(h|cpp)$/.test(path)) return [];
  const included = [...text.matchAll(/^#include "((?:core|backend|web|tests)\/[^"]+)"/gm)].map((match) => match[1]);
  const breaches = included.filter((file) => !may_include(place(path), place(file))).map((file) => `includes ${file}`);
  const [part, layer, inner] = place(path);
  if (layer !== undefined && !layers[part].includes(layer)) breaches.push(`${part}/${layer} has no place in the order of scripts/lib/check_tree.mjs`);
  const inside = layers[`${part}/${layer}`];
  if (inside && !inside.includes(inner[0])) breaches.push(`${path} has no place in the order of scripts/lib/check_tree.mjs`);
  return breaches;
}

// The rule book names for every rule where it is decided and which test holds it.
function rules_without_proof(path, text) {
  if (path !== "docs/rules.md") return [];
  const tests = new Set([...files].flatMap(([file, source]) => !file.startsWith("tests/core/") ? [] :
    [...source.matchAll(/^TEST(?:_[FP])?\((\w+), *(\w+)/gm)].map((match) => `${match[1]}.${match[2]}`)));
  const named = [...text.matchAll(/`([A-Za-z]+\.[A-Za-z0-9]+)`/g)].map((match) => match[1]).filter((name) => /^[A-Z]/.test(name));
  const places = [...text.matchAll(/`((?:core|backend|web|scripts|docs|tests)\/[\w/.]+\.\w+)`/g)].map((match) => match[1]);
  return [...named.filter((name) => !tests.has(name)).map((name) => `there is no test ${name}`),
    ...places.filter((place) => !files.has(place)).map((place) => `there is no file ${place}`),
    ...(named.length === 0 ? ["names no test"] : [])];
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
  "includes run one way": includes_upwards,
  "the rule book's files and tests exist": rules_without_proof,
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
