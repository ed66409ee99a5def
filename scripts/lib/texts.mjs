// The texts of the page: assets/i18n/DOMAIN.json, {"key": {"zh": "…", "en": "…"}}. A page loads one file with all texts
// of its language, which the bundler makes of them.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const folder = join(top, "assets/i18n");
// Of the page that shows every widget and is never shipped.
export const gallery_texts = join(top, "web/gallery/texts.json");

// The languages, as the files call them, by their BCP 47 tags, which the page asks for.
export const languages = new Map([["zh-CN", "zh"], ["en", "en"]]);

export const text_files = () =>
  readdirSync(folder).filter((name) => name.endsWith(".json")).sort().map((name) => join(folder, name));

// Of some files, [key, texts by language] in the order of their keys; a key that is in two files comes twice.
export function read_texts(paths = text_files()) {
  const entries = paths.flatMap((path) => Object.entries(JSON.parse(readFileSync(path, "utf8"))));
  return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

// {"key": "text"} in one language.
export const texts_in = (tag, entries = read_texts()) =>
  Object.fromEntries(entries.map(([key, texts]) => [key, texts[languages.get(tag)]]));
