// The compiler that scripts/build unpacks runs with what it brought, and a toolchain that does not is told of.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { check, elf_files, prepare } from "../../scripts/lib/toolchain.mjs";

const work = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "yuanyue-toolchain-"));
after(() => fs.rmSync(work, { recursive: true }));

function compile(output, source, ...options) {
  const file = path.join(work, `${path.basename(output)}.cpp`);
  fs.writeFileSync(file, source);
  fs.mkdirSync(path.dirname(output), { recursive: true });
  execFileSync("g++", ["-o", output, file, ...options]);
}

// A program that needs libouter.so, which needs libinner.so; beside them this machine's loader and C++ libraries.
function small_toolchain(name) {
  const root = path.join(work, name);
  const libraries = path.join(root, "lib");
  compile(path.join(libraries, "libinner.so"), "int inner() { return 1; }", "-shared", "-fPIC");
  compile(path.join(libraries, "libouter.so"), "int inner(); int outer() { return inner(); }", "-shared", "-fPIC", "-L", libraries, "-linner",
    "-Wl,--enable-new-dtags,-rpath,$ORIGIN/../elsewhere");
  compile(path.join(root, "bin", "program"), "int outer(); int main() { return outer(); }", "-L", libraries, "-louter",
    `-Wl,-rpath-link,${libraries}`);
  const lines = execFileSync("ldd", [path.join(root, "bin", "program")], { encoding: "utf8" }).split("\n");
  const own = lines.map((line) => line.match(/(\/\S+) \(0x/)?.[1]).filter(Boolean);
  for (const library of own) fs.copyFileSync(fs.realpathSync(library), path.join(libraries, path.basename(library)));
  return root;
}

test("an unpacked toolchain that was not prepared is told of, with file and library", async () => {
  const { sentences } = await check(small_toolchain("unprepared"));
  assert.ok(sentences.includes("bin/program needs libouter.so, which is not in the toolchain"), sentences.join("\n"));
  assert.ok(sentences.some((sentence) => /^bin\/program needs libc\.so\.6, which is taken from \//.test(sentence)));
  assert.ok(sentences.some((sentence) => /^bin\/program is started by \//.test(sentence)));
});

test("a prepared toolchain runs, and finds the libraries of its libraries although they named another folder", async () => {
  const root = small_toolchain("prepared");
  await prepare(root, root);
  assert.deepEqual((await check(root)).sentences, []);
  assert.throws(() => execFileSync(path.join(root, "bin", "program"), { env: {} }), { status: 1 });
});

test("a library of a prepared toolchain that is lost is told of by whatever needs it", async () => {
  const root = small_toolchain("incomplete");
  await prepare(root, root);
  fs.rmSync(path.join(root, "lib", "libinner.so"));
  assert.deepEqual((await check(root)).sentences, ["bin/program needs libinner.so, which is not in the toolchain",
    "lib/libouter.so needs libinner.so, which is not in the toolchain"]);
});

// An emcc on the PATH is not ours: it was installed to run here.
const unpacked = process.env.YUANYUE_EMSCRIPTEN_ROOT?.startsWith(`${process.env.YUANYUE_CACHE}/`);
test("the WebAssembly compiler that builds the page needs nothing from outside of its folder", async () => {
  assert.ok(process.env.YUANYUE_EMSCRIPTEN_ROOT, "run by scripts/test, which says where the compiler is");
  if (!unpacked) {
    assert.match(execFileSync(path.join(process.env.YUANYUE_EMSCRIPTEN_ROOT, "emcc"), ["--version"], { encoding: "utf8" }), /emcc/);
    return;
  }
  const root = path.resolve(process.env.YUANYUE_EMSCRIPTEN_ROOT, "../../..");
  const { files, sentences } = await check(root);
  assert.deepEqual(sentences, []);
  assert.ok(files > 50 && elf_files(root).some((file) => file.endsWith("/bin/clang")), `${files} programs and libraries`);
});
