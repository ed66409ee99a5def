// Bundles the page: build/web/yuanyue_web.{mjs,wasm} and web/shell become build/web/dist. Another folder with a
// yuanyue_web.{mjs,wasm} of its own, for example that of a test page, can be named, and a file of texts that only that
// page has: bundle.mjs [FOLDER [TEXTS]]
//
//   dist/index.html          {{name}} of web/shell/index.html replaced by the hashed address of that file
//   dist/static/NAME-HASH.*  may be cached for ever
//   dist/app.webmanifest     the same of web/shell/app.webmanifest
//   dist/sw.js               web/shell/service_worker with the list of all files that the page is made of
//   dist/manifest.json       every file with its size, raw and compressed
// and beside each compressible file its .br and .gz. In the shell's TypeScript:
//   import create_yuanyue from "yuanyue-module"   the loader of the wasm module
//   import wasm_url from "yuanyue-wasm"           its hashed address, for locateFile
//   import worker_url from "yuanyue-replica-worker"   the address of the bundled web/shell/replica/worker.ts
//   import asset_urls from "yuanyue-assets"       {"i18n/zh-CN.json": "/static/zh-CN-HASH.json", …}
// Does nothing when no input has changed.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { languages, read_texts, text_files, texts_in } from "./texts.mjs";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");
const shell = join(top, "web/shell");
// The folder of another module for the same shell may be given: tests have their own.
const build = join(top, process.argv[2] ?? "build/web");
const all_texts = [...text_files(), ...process.argv.slice(3).map((path) => join(top, path))];
const dist = join(build, "dist");
const compressible = new Set([".html", ".js", ".css", ".json", ".wasm", ".svg", ".webmanifest", ".txt"]);

function files_below(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files_below(path) : [path];
    });
}

function signature_of(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${relative(top, path)}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

function content_hash(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 12);
}

function type_check() {
  const tsc = join(top, "node_modules/.bin/tsc");
  for (const project of ["tsconfig.json", "service_worker/tsconfig.json"]) {
    execFileSync(tsc, ["--noEmit", "-p", join(shell, project)], { stdio: "inherit" });
  }
}

// What the page fetches by address, by the name that it asks for: one file of texts a language.
function served_assets() {
  const texts = read_texts(all_texts);
  return new Map([...languages.keys()].map((tag) => [`i18n/${tag}.json`, JSON.stringify(texts_in(tag, texts))]));
}

// The names that only the build knows, see the top of this file.
function build_names_plugin(worker_address) {
  const wasm = join(build, "yuanyue_web.wasm");
  const assets = served_assets();
  return {
    name: "build-names",
    setup(bundler) {
      bundler.onResolve({ filter: /^yuanyue-module$/ }, () => ({ path: join(build, "yuanyue_web.mjs") }));
      bundler.onResolve({ filter: /^yuanyue-wasm$/ }, () => ({ path: wasm }));
      bundler.onResolve({ filter: /^yuanyue-replica-worker$/ }, () => ({ path: "worker", namespace: "worker-address" }));
      bundler.onLoad({ filter: /.*/, namespace: "worker-address" }, () => ({
        contents: `export default ${JSON.stringify(worker_address)};`,
        loader: "js",
      }));
      bundler.onResolve({ filter: /^yuanyue-assets$/ }, () => ({ path: "assets", namespace: "build-names" }));
      bundler.onLoad({ filter: /.*/, namespace: "build-names" }, () => {
        const lines = [...assets.keys()].map((name, i) => ({
          load: `import url_${i} from ${JSON.stringify(`asset-url:${name}`)};`,
          entry: `${JSON.stringify(name)}: url_${i},`,
        }));
        const contents = `${lines.map((l) => l.load).join("\n")}
          export default {${lines.map((l) => l.entry).join("\n")}};`;
        return { contents, loader: "js", resolveDir: top };
      });
      bundler.onResolve({ filter: /^asset-url:/ }, ({ path }) => ({
        path: path.slice("asset-url:".length),
        namespace: "asset-url",
      }));
      bundler.onLoad({ filter: /.*/, namespace: "asset-url" }, ({ path }) => ({
        contents: assets.get(path),
        loader: "file",
      }));
    },
  };
}

async function bundle_one(out, entry, worker_address) {
  const { build: esbuild } = await import("esbuild");
  const result = await esbuild({
    absWorkingDir: top,
    entryPoints: [join(shell, entry)],
    bundle: true,
    format: "esm",
    target: ["es2022"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    outdir: out,
    entryNames: "static/[name]-[hash]",
    assetNames: "static/[name]-[hash]",
    chunkNames: "static/[name]-[hash]",
    publicPath: "/",
    loader: { ".wasm": "file", ".svg": "file", ".png": "file", ".woff2": "file" },
    // The module's loader is written for node too; in the page these are never reached.
    external: ["module", "fs", "path", "url", "worker_threads"],
    plugins: [build_names_plugin(worker_address)],
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(result.metafile.outputs).map((path) => join(top, path));
}

// The worker first: the page names it by its hash.
async function bundle(out) {
  const worker_outputs = await bundle_one(out, "replica/worker.ts", "");
  const worker = worker_outputs.find((path) => path.endsWith(".js"));
  const page_outputs = await bundle_one(out, "main.ts", `/${relative(out, worker)}`);
  return [...page_outputs, ...worker_outputs];
}

// "static/main-AB12.js" is asked for as {{main.js}}.
function write_pages(out, outputs) {
  const addresses = new Map();
  for (const path of outputs) {
    const plain = basename(path).replace(/-[A-Z0-9]{8}(\.[a-z0-9]+)$/, "$1");
    addresses.set(plain, `/${relative(out, path)}`);
  }
  // Other files of the shell's folder that are named (icons) get their hash here.
  const address_of = (name) => {
    if (addresses.has(name)) return addresses.get(name);
    const source = join(shell, name);
    if (!existsSync(source)) throw new Error(`web/shell names {{${name}}}, which is nowhere`);
    const bytes = readFileSync(source);
    const extension = extname(name);
    const address = `/static/${basename(name, extension)}-${content_hash(bytes)}${extension}`;
    writeFileSync(join(out, address), bytes);
    addresses.set(name, address);
    return address;
  };
  for (const page of ["index.html", "app.webmanifest"]) {
    const text = readFileSync(join(shell, page), "utf8").replace(/\{\{([^{}]+)\}\}/g, (_, name) => address_of(name));
    writeFileSync(join(out, page), text);
  }
}

// All or nothing: the worker loads every file of this build before it answers for any.
async function write_service_worker(out) {
  const { build: esbuild } = await import("esbuild");
  const { injectManifest } = await import("workbox-build/build/inject-manifest.js");
  const bundled = join(build, "service_worker.js");
  await esbuild({
    absWorkingDir: top,
    entryPoints: [join(shell, "service_worker/service_worker.ts")],
    bundle: true,
    format: "iife",
    target: ["es2022"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    outfile: bundled,
    logLevel: "warning",
  });
  const { count, warnings } = await injectManifest({
    swSrc: bundled,
    swDest: join(out, "sw.js"),
    globDirectory: out,
    globPatterns: ["index.html", "static/**"],
    // For the system, which takes them when the page is installed.
    globIgnores: ["static/icon-*.png"],
    dontCacheBustURLsMatching: /(^|\/)static\//,
    modifyURLPrefix: { "": "/" },
    maximumFileSizeToCacheInBytes: 16 * 1024 * 1024,
  });
  if (count === 0 || warnings.length > 0) throw new Error(`service worker: ${count} files. ${warnings.join(" ")}`);
}

function compress(out) {
  const manifest = { files: [] };
  for (const path of files_below(out)) {
    const bytes = readFileSync(path);
    const file = { path: relative(out, path), bytes: bytes.length, immutable: relative(out, path).startsWith("static/") };
    if (compressible.has(extname(path))) {
      const options = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      const brotli = brotliCompressSync(bytes, { params: options });
      const gzip = gzipSync(bytes, { level: 9 });
      writeFileSync(`${path}.br`, brotli);
      writeFileSync(`${path}.gz`, gzip);
      Object.assign(file, { brotli_bytes: brotli.length, gzip_bytes: gzip.length });
    }
    manifest.files.push(file);
  }
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function main() {
  const module_files = ["yuanyue_web.mjs", "yuanyue_web.wasm"].map((name) => join(build, name));
  for (const path of [...module_files, join(shell, "main.ts"), join(shell, "index.html")]) {
    if (!existsSync(path)) throw new Error(`${relative(top, path)} is missing`);
  }
  const inputs = [
    ...module_files,
    ...files_below(shell),
    ...all_texts,
    join(top, "scripts/lib/texts.mjs"),
    join(top, "package-lock.json"),
    fileURLToPath(import.meta.url),
  ];
  const stamp = join(build, "dist.signature");
  const signature = signature_of(inputs);
  if (existsSync(dist) && existsSync(stamp) && readFileSync(stamp, "utf8") === signature) return;

  type_check();
  const out = join(build, "dist.new");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "static"), { recursive: true });
  write_pages(out, await bundle(out));
  await write_service_worker(out);
  const manifest = compress(out);
  rmSync(dist, { recursive: true, force: true });
  renameSync(out, dist);
  writeFileSync(stamp, signature);

  const total = manifest.files.reduce((sum, file) => sum + (file.brotli_bytes ?? file.bytes), 0);
  console.log(`page: ${manifest.files.length} files, ${Math.round(total / 1024)} KiB brotli`);
}

main().catch((error) => {
  console.error(`Yuanyue: ${error.message}`);
  process.exit(1);
});
