// The programs and libraries of an unpacked toolchain, which must find what they need within its folder, wherever the
// folder is and whatever this machine has installed.
//   node scripts/lib/toolchain.mjs prepare FOLDER FINAL   lets every one of them look in FOLDER; FINAL is its later name
//   node scripts/lib/toolchain.mjs check FOLDER           fails with a sentence for each that looks elsewhere
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const is_library = (file) => /\.so(\.|$)/.test(path.basename(file));
const is_loader = (file) => /^ld(-linux.*|64)?\.so\.\d+$/.test(path.basename(file));

// A program or shared library, told by its first bytes: an object file (.o) is ELF too, but is never loaded.
function is_loadable(file) {
  const head = Buffer.alloc(18);
  const handle = fs.openSync(file, "r");
  try {
    if (fs.readSync(handle, head) < head.length) return false;
  } finally {
    fs.closeSync(handle);
  }
  return head.readUInt32BE(0) === 0x7f454c46 && [2, 3].includes(head[5] === 2 ? head.readUInt16BE(16) : head.readUInt16LE(16));
}

// Programs and shared libraries below `folder`, links left out because what they name is there too.
export function elf_files(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter(is_loadable)
    .sort();
}

// Calls work(item) for each, as many at a time as there are cores; answers in the order of the items.
async function for_each(items, work) {
  const answers = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: os.cpus().length }, worker));
  return answers;
}

function loader_of(files) {
  const loader = files.find(is_loader);
  if (!loader) throw new Error("the toolchain has no program loader (ld.so) of its own");
  return loader;
}

// RPATH and not RUNPATH: it also comes before LD_LIBRARY_PATH, and it serves the libraries of libraries.
export async function prepare(folder, final) {
  const files = elf_files(folder);
  const loader = loader_of(files);
  const libraries = [...new Set(files.filter(is_library).map((file) => path.dirname(file)))];
  await for_each(files, async (file) => {
    if (file === loader) return;
    const needed = (await run("patchelf", ["--print-needed", file])).stdout.split("\n").filter(Boolean);
    if (needed.every(is_loader)) return;
    const rpath = libraries.map((library) => `$ORIGIN/${path.relative(path.dirname(file), library)}`).join(":");
    await run("patchelf", ["--force-rpath", "--set-rpath", rpath, file]);
    const interpreter = await run("patchelf", ["--print-interpreter", file]).catch(() => null);
    if (interpreter) await run("patchelf", ["--set-interpreter", path.join(final, path.relative(folder, loader)), file]);
  });
}

// libc.so.6 names a loader too, but is never started.
async function foreign_loader(file, name, loader) {
  if (is_library(file)) return [];
  const interpreter = await run("patchelf", ["--print-interpreter", file]).catch(() => null);
  const starts = interpreter?.stdout.trim();
  return starts && starts !== loader ? [`${name} is started by ${starts}, which is not of the toolchain`] : [];
}

// Sentences about what is not found, or is found outside of `folder`; none when all is well.
export async function check(folder) {
  const root = fs.realpathSync(folder);
  const files = elf_files(root);
  const loader = loader_of(files);
  const environment = { ...process.env, LD_TRACE_LOADED_OBJECTS: "1" };
  delete environment.LD_PRELOAD;
  const told = await for_each(files, async (file) => {
    if (file === loader) return [];
    const name = path.relative(root, file);
    const { stdout, stderr } = await run(loader, [file], { env: environment }).catch((error) => error);
    // What links to nothing says so in words, not in lines of libraries.
    if (/statically linked/.test(stdout + stderr)) return [];
    const lines = `${stdout}`.split("\n").filter((line) => line.includes("=>"));
    const sentences = lines.flatMap((line) => {
      const [library, found] = line.trim().split(/ => /);
      const place = found.replace(/ \(0x.*/, "");
      if (place.startsWith(root + path.sep)) return [];
      if (is_loader(library)) return [];
      return [`${name} needs ${library}, which is ${place === "not found" ? "not in the toolchain" : `taken from ${place}`}`];
    });
    if (lines.length === 0 && stderr) sentences.push(`${name} cannot be loaded: ${stderr.trim()}`);
    return sentences.concat(await foreign_loader(file, name, loader));
  });
  return { files: files.length, sentences: told.flat() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , order, folder, final] = process.argv;
  if (order === "prepare") {
    await prepare(folder, final);
  } else {
    const { files, sentences } = await check(folder);
    for (const sentence of sentences.slice(0, 10)) console.error(sentence);
    if (sentences.length > 0) process.exit(1);
    console.log(`${files} programs and libraries need nothing from outside of ${folder}`);
  }
}
