// What scripts/mutate calls: draws faults, builds each in a copy of the tree, runs the tests nearest to it first, reports.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Workshop } from "./mutate_workshop.mjs";
import { draw, with_fault } from "./mutations.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const [folder, ...given] = process.argv.slice(2);

function fail(sentence) {
  console.error(`Yuanyue: ${sentence}`);
  process.exit(1);
}

function options() {
  try {
    const { values } = parseArgs({ args: given, options: { seed: { type: "string", default: "1" }, list: { type: "boolean", default: false },
      count: { type: "string", default: "20" }, in: { type: "string", multiple: true }, draw: { type: "string" },
      jobs: { type: "string", default: "1" } } });
    for (const name of ["seed", "count", "jobs", "draw"]) {
      if (values[name] === undefined) continue;
      if (!/^\d+$/.test(values[name])) fail(`--${name} needs a number, see scripts/mutate --help`);
      values[name] = Number(values[name]);
    }
    return values;
  } catch (error) {
    return fail(`${error.message}, see scripts/mutate --help`);
  }
}

// Path to text of what may be changed.
function sources(places) {
  const listing = execFileSync("git", ["ls-files", "-z", ...places], { cwd: top, encoding: "utf8" });
  const paths = listing.split("\0").filter((path) => /^(core|backend)\/.*\.(cpp|h)$/.test(path));
  return new Map(paths.map((path) => [path, readFileSync(join(top, path), "utf8")]));
}

// The changed lines as they were and as they are: ["- …", "+ …"].
function change_of(text, fault) {
  const before = text.split("\n");
  const after = with_fault(text, fault).split("\n");
  let head = 0;
  while (before[head] === after[head]) head++;
  let tail = 0;
  while (tail < before.length - head - 1 && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const lines = (all, sign) => all.slice(head, all.length - tail).map((line) => `    ${sign} ${line.trim()}`);
  return [...lines(before, "-"), ...lines(after, "+")];
}

const { seed, count, jobs, list, draw: only, in: places = ["core", "backend"] } = options();
const texts = sources(places);
if (texts.size === 0) fail(`there is no source of core or backend in ${places.join(", ")}`);
const place_of = (fault) => `${fault.path}:${fault.line} ${fault.operator} (seed ${seed}, draw ${fault.number})`;
const told = (fault) => [place_of(fault), ...change_of(texts.get(fault.path), fault)].join("\n");

// The row of faults: the same for one tree, seed and places, however many work on it.
const row = draw(texts, seed);
const seen = new Set();
function next_fault() {
  for (;;) {
    const fault = row.next().value;
    if (!fault || fault.number > count * 50 + (only ?? 0)) return null;
    const name = `${fault.path}:${fault.at}:${fault.length}:${fault.text}`;
    if (seen.has(name) || (only && fault.number !== only)) continue;
    seen.add(name);
    return fault;
  }
}

if (list) {
  for (let i = 0; i < (only ? 1 : count); i++) {
    const fault = next_fault();
    if (!fault) break;
    console.log(told(fault));
  }
  process.exit(0);
}

const wanted = only ? 1 : count;
const found = { noticed: [], crashed: [], hung: [], survived: [] };
const redrawn = { "does not compile": 0, "changes nothing": 0 };
const judged = () => Object.values(found).reduce((sum, faults) => sum + faults.length, 0);
let under_way = 0;

const log = join(top, "build", "logs", `mutate-${seed}.jsonl`);
mkdirSync(dirname(log), { recursive: true });

async function work(number) {
  const workshop = await Workshop.open(top, join(folder, String(number)));
  while (judged() + under_way < wanted) {
    const fault = next_fault();
    if (!fault) return;
    under_way++;
    const { verdict, by, seconds } = await workshop.judge(fault, texts.get(fault.path));
    under_way--;
    if (verdict in redrawn) redrawn[verdict]++;
    else found[verdict].push({ fault, by });
    appendFileSync(log, JSON.stringify({ verdict, by, seconds, seed, ...fault }) + "\n");
    console.error(`[${judged()}/${wanted}] ${verdict}${by ? ` by ${by}` : ""}, ${seconds.toFixed(0)} s: ${told(fault)}`);
  }
}

await Promise.all(Array.from({ length: jobs }, (_, index) => work(index + 1)));

for (const [verdict, title] of [["hung", "Only noticed by not ending"], ["crashed", "Only noticed by a crash"], ["survived", "Noticed by nothing"]]) {
  if (found[verdict].length === 0) continue;
  console.log(`\n${title}:`);
  for (const { fault, by } of found[verdict]) console.log(told(fault) + (by ? `\n    (${by})` : ""));
}
const total = judged();
const noticed = total - found.survived.length;
console.log(`\n${places.join(", ")}, seed ${seed}: ${noticed} of ${total} noticed (${((100 * noticed) / Math.max(total, 1)).toFixed(1)} %), of these ` +
  `${found.crashed.length} by a crash and ${found.hung.length} by not ending; ${found.survived.length} noticed by nothing; drawn again: ` +
  Object.entries(redrawn).map(([reason, times]) => `${times} (${reason})`).join(", "));
