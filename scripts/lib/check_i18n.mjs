// Every text in every language, and no text that nobody shows. Prints each breach, then "N passed, N failed".
//
// Keys are flat, "area.key". In code a key is a whole string literal; a literal that ends in "." is the beginning of
// keys that are put together while running ("rejection." + code).

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { gallery_texts, languages, read_texts, text_files, texts_in } from "./texts.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const key_shape = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/;
const source_extensions = new Set([".cpp", ".h", ".ts", ".html"]);

function files_below(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files_below(path) : [path];
  });
}

const entries = read_texts([...text_files(), gallery_texts]);
const tags = [...languages.keys()];
const texts = Object.fromEntries(tags.map((tag) => [tag, texts_in(tag, entries)]));
const keys = new Set(entries.map(([key]) => key));
const areas = new Set([...keys].map((key) => key.split(".")[0]));

function literals() {
  const found = new Map();
  for (const folder of ["core", "backend", "web"]) {
    for (const path of files_below(join(top, folder))) {
      if (!source_extensions.has(extname(path))) continue;
      const text = readFileSync(path, "utf8").replace(/^\s*#\s*include.*$/gm, "");
      for (const [, literal] of text.matchAll(/["'`]([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*\.?)["'`$]/g)) {
        if (literal.includes(".")) found.set(literal, relative(top, path));
      }
    }
  }
  return found;
}

const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort().join(" ");
const found = literals();
const prefixes = [...found.keys()].filter((literal) => literal.endsWith(".") && areas.has(literal.split(".")[0]));

const rules = {
  "every key is area.key": () => [...keys].filter((key) => !key_shape.test(key)),
  "every key is in one file": () => entries.map(([key]) => key).filter((key, i, all) => key === all[i - 1]),
  "every key has its text in every language, and in no other": () =>
    entries.flatMap(([key, told]) => [
      ...tags.filter((tag) => typeof texts[tag][key] !== "string" || texts[tag][key].trim() === ""),
      ...Object.keys(told).filter((name) => ![...languages.values()].includes(name)),
    ].map((language) => `${key} in ${language}`)),
  "all languages have the same placeholders": () =>
    [...keys].filter((key) => new Set(tags.map((l) => placeholders(String(texts[l][key] ?? "")))).size > 1),
  "every key that code shows exists": () =>
    [...found]
      .filter(([literal]) => areas.has(literal.split(".")[0]) && !/\.(json|csv|html|css|js|ts|mjs|svg|png|wasm|db)$/.test(literal))
      .filter(([literal]) => !keys.has(literal) && ![...keys].some((key) => literal.endsWith(".") && key.startsWith(literal)))
      .map(([literal, path]) => `${literal} (${path})`),
  // Brackets around a weekday are part of how dates are written: 11月25日(周三).
  "Chinese texts have Chinese punctuation": () =>
    Object.entries(texts["zh-CN"])
      .map(([key, text]) => [key, text.replace(/\((周.|\{weekday\})\)/g, "").replace(/\{[^}]*\}/g, "中").replace(/\d:\d/g, "")])
      .filter(([, text]) => /\p{Script=Han}/u.test(text) && /[,;:?!()]/.test(text))
      .map(([key]) => key),
  "every text is shown by some code": () =>
    [...keys].filter((key) => !found.has(key) && !prefixes.some((prefix) => key.startsWith(prefix))),
};

let failed = 0;
for (const [rule, breaches_of] of Object.entries(rules)) {
  const breaches = breaches_of();
  if (breaches.length > 0) {
    failed += 1;
    console.log(`Rule broken: ${rule}\n${breaches.map((breach) => `  ${breach}`).join("\n")}`);
  }
}
console.log(`${Object.keys(rules).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
