// The faults that scripts/mutate draws: each operator finds its places, changes exactly them, and a seed repeats the row.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { code_only, draw, faults_of, operators, with_fault } from "../../scripts/lib/mutations.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const changed = (text, operator) => faults_of(text).filter((fault) => fault.operator === operator).map((fault) => with_fault(text, fault));

test("a boundary moves by one, and the brackets of a template are none", () => {
  assert.deepEqual(changed("bool late = a < b;\n", "boundary"), ["bool late = a <= b;\n"]);
  assert.deepEqual(changed("while (i >= 3) step();\n", "boundary"), ["while (i > 3) step();\n"]);
  assert.deepEqual(changed("std::vector<Row> rows; out << rows;\n", "boundary"), []);
});

test("a relation turns round, and so does a joint of two", () => {
  assert.deepEqual(changed("return a == b && c;\n", "relation"), ["return a != b && c;\n", "return a == b || c;\n"]);
  assert.deepEqual(changed("void take(Row&& row);\n", "relation"), []);
});

test("a condition is negated, dropped, or loses one of its terms", () => {
  assert.deepEqual(changed("if (a && f(b, c)) return 1;\n", "condition"), ["if (!(a && f(b, c))) return 1;\n", "if (false) return 1;\n",
    "if (f(b, c)) return 1;\n", "if (a) return 1;\n"]);
  assert.deepEqual(changed("if (auto x = f(); x > 0) g();\n", "condition")[0], "if (auto x = f(); !(x > 0)) g();\n");
});

test("a call whose result nobody reads is dropped, a declaration or an assignment is not", () => {
  const text = "void f() {\n  rows.erase(key);\n  const Row row(key);\n  row = make(key);\n  return g(row);\n  audit(\n      row);\n}\n";
  assert.deepEqual(changed(text, "call"), [text.replace("rows.erase(key)", ""), text.replace("audit(\n      row)", "")]);
});

test("arguments change places, parameters do not", () => {
  assert.deepEqual(changed("  move(from, to);\n", "arguments"), ["  move(to, from);\n"]);
  assert.deepEqual(changed("void move(Block from, const Block& to) {\n", "arguments"), []);
  assert.deepEqual(changed("  if (a, b) {}\n  move(same, same);\n", "arguments"), []);
});

test("a constant is one more, one less, or the other truth", () => {
  assert.deepEqual(changed("int limit = 10;\n", "constant"), ["int limit = 11;\n", "int limit = 9;\n"]);
  assert.deepEqual(changed("return true;\n", "constant"), ["return false;\n"]);
  assert.deepEqual(changed("x = day + offset;\n", "constant"), ["x = day - offset;\n"]);
  assert.deepEqual(changed("double x = 1.5; int id2 = k3;\n", "constant"), []);
});

test("what a comment, a text or the preprocessor says is no code", () => {
  const text = '#if N > 3\n// a < b\nconst char* words = "x == 1 && y";\nconst char* raw = R"(if (a < b) f();)"; /* 1 */\n';
  assert.deepEqual(faults_of(text), []);
  assert.equal(code_only(text).length, text.length);
  assert.equal(code_only("constexpr int many = 1'000'000; char c = 'x';").includes("1'000'000"), true);
});

test("every operator has places in core and in backend, and every fault changes its line and no other", () => {
  for (const part of ["core", "backend"]) {
    const met = new Set();
    for (const path of readdirSync(join(top, part), { recursive: true }).filter((name) => name.endsWith(".cpp"))) {
      const text = readFileSync(join(top, part, path), "utf8");
      for (const fault of faults_of(text)) {
        met.add(fault.operator);
        assert.notEqual(with_fault(text, fault), text, `${path}:${fault.line}`);
        assert.equal(text.slice(0, fault.at).split("\n").length, fault.line);
      }
    }
    assert.deepEqual([...met].sort(), Object.keys(operators).sort());
  }
});

test("one seed draws one row, another seed another", () => {
  const texts = new Map([["core/a.cpp", "int f(int a) {\n  if (a > 3) return 1;\n  return a + 2;\n}\n"], ["core/b.cpp", "bool g() { return true; }\n"]]);
  const row = (seed) => {
    const faults = draw(texts, seed);
    return Array.from({ length: 20 }, () => faults.next().value);
  };
  assert.deepEqual(row(7), row(7));
  assert.notDeepEqual(row(7), row(8));
  assert.deepEqual(new Set(row(7).map((fault) => fault.path)), new Set(texts.keys()));
  assert.equal(draw(new Map([["core/empty.cpp", ""]]), 1).next().done, true);
});
