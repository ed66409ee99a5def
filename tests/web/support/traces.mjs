// What a user leaves behind in a browser: the bytes of every file that the page has, and of the whole profile's folder.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

import { launch_profile } from "./app.mjs";
import { temp_folder } from "../../backend/support/server.mjs";

// Of the demonstration's enterprise "lingang": its name, whom to call and where, its credit code.
export const personal = ["新能源动力电池", "王丽华", "021-5555 1000", "91310115MA1KQDMQ34"];

// Everything in the origin's private file system: [{ path, bytes }].
export async function private_files(page) {
  // A wipe may be under way: a folder that goes while it is walked is walked again.
  const walked = () => page.evaluate(async () => {
    const found = [];
    const walk = async (folder, path) => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === "directory") {
          await walk(handle, `${path}${name}/`);
          continue;
        }
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        let text = "";
        for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
        found.push([path + name, btoa(text)]);
      }
    };
    try {
      await walk(await navigator.storage.getDirectory(), "");
    } catch (error) {
      if (error.name === "NotFoundError") return null;
      throw error;
    }
    return found;
  });
  let files = null;
  while (files === null) files = await walked();
  return files.map(([path, text]) => ({ path, bytes: Buffer.from(text, "base64") }));
}

export function files_of_folder(folder) {
  const files = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    try {
      files.push({ path: relative(folder, path), bytes: readFileSync(path) });
    } catch {
      // Locks and the like, or gone since.
    }
  }
  return files;
}

// "path: text" for each of the texts that stands in a file, as UTF-8, as UTF-16 or escaped as in JSON.
export function found_in(files, texts = personal) {
  const found = [];
  for (const { path, bytes } of files) {
    for (const text of texts) {
      const escaped = text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
      const forms = [text, text.toLowerCase(), escaped].flatMap((form) => [Buffer.from(form, "utf8"), Buffer.from(form, "utf16le")]);
      if (forms.some((form) => bytes.includes(form))) found.push(`${path}: ${text}`);
    }
  }
  return found;
}

// What the page keeps beside its files, and what it shows: [{ path, bytes }] too.
export async function page_traces(page) {
  const texts = await page.evaluate(async () => {
    const kept = {
      local: JSON.stringify({ ...localStorage }), session: JSON.stringify({ ...sessionStorage }),
      databases: JSON.stringify(await indexedDB.databases()), history: JSON.stringify(history.state),
      address: location.href, title: document.title, document: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll("input, textarea")].map((field) => field.value).join("\n"),
    };
    // The page's own files, named by their contents, are the same for everybody.
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (new URL(request.url).pathname.startsWith("/static/")) continue;
        kept[`cache ${request.url}`] = await (await cache.match(request)).text();
      }
    }
    return kept;
  });
  return Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}

// A browser with a profile on the disk, for what is read after it has been closed.
export async function open_profile(server, options = {}) {
  const folder = temp_folder();
  const context = await launch_profile(folder, options);
  const [page] = context.pages();
  page.setDefaultTimeout(20_000);
  await page.goto(`${server.url}/`);
  await page.getByRole("main").waitFor({ state: "attached" });
  return { folder, context, page };
}

// The replica's worker does `what` before its steps of wiping: hangs at the step with this number, or fails at those
// that `what` names. Its steps so far are told by wipe_steps().
export async function meddle_with_wipe(context, { hang_at = 0, fail = [] }) {
  const prelude = `(() => {
    const said = new BroadcastChannel("test.steps");
    let steps = 0, wiping = false;
    addEventListener("message", ({ data }) => { wiping ||= data.kind === "wipe" || data.mark !== undefined && data.mark !== ""; });
    const before = (name) => {
      if (!wiping) return;
      if (${JSON.stringify(fail)}.includes(name)) throw new DOMException("for the test", "NoModificationAllowedError");
      said.postMessage(name);
      if (++steps === ${hang_at}) for (;;);
    };
    for (const [type, names] of [[FileSystemSyncAccessHandle, ["write", "truncate", "flush", "close"]],
                                 [FileSystemDirectoryHandle, ["removeEntry"]]]) {
      for (const name of names) {
        const real = type.prototype[name];
        type.prototype[name] = function (...args) {
          before(name);
          return real.apply(this, args);
        };
      }
    }
  })();\n`;
  await context.route(/\/static\/worker-[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: prelude + (await answer.text()) });
  });
  await context.addInitScript(() => {
    window.wipe_steps = [];
    new BroadcastChannel("test.steps").onmessage = ({ data }) => window.wipe_steps.push(data);
  });
}
