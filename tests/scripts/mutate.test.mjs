// scripts/mutate judges a fault rightly: tried on a small tree whose tests notice, crash, hang, or see nothing.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { Workshop } from "../../scripts/lib/mutate_workshop.mjs";
import { faults_of, with_fault } from "../../scripts/lib/mutations.mjs";

const work = mkdtempSync(join(tmpdir(), "yuanyue-mutate-"));
after(() => rmSync(work, { recursive: true }));

// A stand-in for googletest: runs everything, whatever the filter says.
const core_test = `int seats(int free, int wished); int never_asked(int days); int table(int index); int countdown(int from);
int main() {
  if (table(1) != 20) __builtin_trap();
  if (countdown(3) != 0) return 1;
  return seats(2, 2) == 2 && seats(1, 2) == 1 ? 0 : 1;
}
`;
const core_code = `int seats(int free, int wished) { return free < wished ? free : wished; }
int never_asked(int days) { return days + 1; }
int table(int index) { return 20 * index; }
int countdown(int from) {
  while (from != 0) from = from - 1;
  return from;
}
int unused() { return 0 * 5; }
`;
const files = {
  "CMakePresets.json": JSON.stringify({ version: 6, configurePresets: [{ name: "mutate", generator: "Ninja",
    binaryDir: "${sourceDir}/build/mutate", cacheVariables: { CMAKE_BUILD_TYPE: "None" } }] }),
  "CMakeLists.txt": `cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES CXX)
set(CMAKE_CXX_FLAGS_NONE "-O1")
add_executable(core_tests core/rules/seats.cpp tests/core/rules/seats_test.cpp)
add_executable(backend_tests core/rules/seats.cpp tests/core/rules/seats_test.cpp)
`,
  "core/rules/seats.cpp": core_code,
  "tests/core/rules/seats_test.cpp": core_test,
  "tests/backend/none.txt": "",
};
const top = join(work, "top");
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), text);
}
execFileSync("git", ["init", "--quiet", top]);

const workshop = await Workshop.open(top, join(work, "workshop"), { least_limit_seconds: 2 });
async function verdict_of(before, now) {
  const at = core_code.indexOf(before);
  assert.ok(at >= 0);
  return workshop.judge({ path: "core/rules/seats.cpp", at, length: before.length, text: now }, core_code);
}

test("a fault that a test fails by is noticed, and one that changes nothing or does not compile is drawn again", async () => {
  assert.equal((await verdict_of("free < wished", "free >= wished")).verdict, "noticed");
  // At the boundary both sides are the same number.
  assert.equal((await verdict_of("free < wished", "free < wished + 0")).verdict, "changes nothing");
  assert.equal((await verdict_of("return days + 1", "return days +")).verdict, "does not compile");
  assert.equal((await verdict_of("20 * index", "21 * index")).verdict, "crashed");
});

test("what no test asks survives, and what does not end is ended", async () => {
  assert.equal((await verdict_of("days + 1", "days + 2")).verdict, "survived");
  const hung = await verdict_of("from = from - 1", "from = from - 0");
  assert.equal(hung.verdict, "hung");
  assert.ok(hung.seconds < 60, `${hung.seconds} s`);
});

test("after a fault the copy is as it was, and the tree itself was never touched", async () => {
  assert.equal(readFileSync(join(work, "workshop", "tree", "core/rules/seats.cpp"), "utf8"), core_code);
  assert.equal(readFileSync(join(top, "core/rules/seats.cpp"), "utf8"), core_code);
  const drawn = faults_of(core_code).find((fault) => fault.operator === "constant" && with_fault(core_code, fault).includes("days + 2"));
  assert.equal((await workshop.judge({ path: "core/rules/seats.cpp", ...drawn }, core_code)).verdict, "survived");
});

test("what the tests take is measured without the last fault", async () => {
  assert.equal((await verdict_of("free < wished", "free >= wished")).verdict, "noticed");
  workshop.usual.clear();  // as before the first fault of another folder
  assert.equal((await verdict_of("days + 1", "days + 2")).verdict, "survived");
});
