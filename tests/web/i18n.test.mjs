// The words: every rule of scripts/lib/check_i18n.mjs, and a text for every value that core may say.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { gallery_texts, languages as tags, read_texts, text_files, texts_in } from "../../scripts/lib/texts.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const entries = read_texts([...text_files(), gallery_texts]);
const languages = [...tags.keys()];
const texts = Object.fromEntries(languages.map((language) => [language, texts_in(language, entries)]));

// The enumerators of an enum in a header, in their order.
function enumerators(header, name) {
  const source = readFileSync(join(top, header), "utf8").replace(/\/\/.*$/gm, "");
  const body = source.match(new RegExp(`enum class ${name}\\b[^{]*\\{([^}]*)\\}`));
  assert.ok(body, `${name} in ${header}`);
  return body[1].split(",").map((line) => line.trim()).filter((line) => line !== "");
}

// Every command of core by the name that its description gives it on the wire.
function command_names() {
  const sources = readdirSync(join(top, "core"), { recursive: true }).filter((path) => path.endsWith(".cpp"));
  return sources.flatMap((path) => [...readFileSync(join(top, "core", path), "utf8")
    .matchAll(/=\s*CommandAnswers<\w+>\{\s*\.name = "(\w+)"/g)].map((match) => match[1]));
}

// Every kind of a family by its constant, which has the name that it has on the wire.
function kind_names(family) {
  const headers = readdirSync(join(top, "core"), { recursive: true }).filter((path) => path.endsWith(".h"));
  return headers.flatMap((path) => [...readFileSync(join(top, "core", path), "utf8")
    .matchAll(new RegExp(`extern const ${family}<\\w+> (\\w+);`, "g"))].map((match) => match[1]));
}

const administration = new Set([
  "import_calendar_year", "save_catalog", "override_block", "remove_block_override", "save_enterprise", "save_user",
  "erase_enterprise", "erase_user", "run_due",
]);

const spoken = {
  "rejection.": () => kind_names("RefusalKind"),
  "rejection_reason.": () => kind_names("RefusalKind"),
  "notification.": () => kind_names("NoticeKind"),
  "ledger.": () => kind_names("EventKind"),
  "booking_status.": () => enumerators("core/appointments/booking.h", "BookingStatus"),
  "waitlist_status.": () => enumerators("core/appointments/waitlist_entry.h", "WaitlistStatus"),
  "waitlist_end.": () => enumerators("core/appointments/waitlist_entry.h", "WaitlistEndReason"),
  "offer_status.": () => enumerators("core/appointments/offer.h", "OfferStatus"),
  "offer_status_text.": () => enumerators("core/appointments/offer.h", "OfferStatus"),
  "part_of_day.": () => enumerators("core/appointments/waitlist_entry.h", "PartOfDay"),
  "tier.": () => enumerators("core/appointments/block.h", "Tier"),
  "day_reason.": () => enumerators("core/calendar/holiday_calendar.h", "DayReason"),
  "theme.": () => enumerators("web/ui/theme.h", "ThemeName"),
  "command.": () => command_names().filter((name) => !administration.has(name)),
};

test("languages agree, every key in code exists, no key is unused", () => {
  const check = spawnSync(process.execPath, [join(top, "scripts/lib/check_i18n.mjs")], { encoding: "utf8" });
  assert.equal(check.status, 0, check.stdout + check.stderr);
});

for (const [prefix, names] of Object.entries(spoken)) {
  test(`every ${prefix}* has its text`, () => {
    const wanted = names();
    assert.ok(wanted.length > 1);
    for (const language of languages) {
      const missing = wanted.filter((name) => !texts[language][prefix + name]);
      assert.deepEqual(missing, [], language);
    }
  });
}

test("plural forms name a value and have two forms", () => {
  for (const language of languages) {
    for (const [key, text] of Object.entries(texts[language])) {
      for (const [, mark] of text.matchAll(/\{([^{}]*\|[^{}]*)\}/g)) {
        assert.match(mark, /^\w+\|[^|]*\|[^|]*$/, `${key} in ${language}`);
      }
    }
  }
});

test("English is English", () => {
  // Its own name for Chinese, the widgets' samples and punctuation aside.
  const allowed = /^(app\.other_language|account\.language_chinese|gallery\.)/;
  const chinese = Object.entries(texts.en).filter(([key, text]) => !allowed.test(key) && /\p{Script=Han}/u.test(text));
  assert.deepEqual(chinese, []);
});
