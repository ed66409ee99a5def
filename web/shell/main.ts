// Starts the page: checks the browser, loads the module, connects the parts.

import createYuanyue from "yuanyue-module";
import wasmUrl from "yuanyue-wasm";

import "./main.css";

import { Announcer } from "./announcer";
import { makeContext, watchContext } from "./canvas";
import { Frames } from "./frames";
import { Glyphs } from "./glyphs";
import { Host } from "./host";
import { Http } from "./http";
import { watchPointer } from "./pointer";
import { watchPreferences } from "./preferences";
import { Replica } from "./replica/replica";
import { Routes } from "./routes";
import { SemanticsLayer } from "./semantics/layer";
import { keepPresses } from "./semantics/presses";
import { watchSettings } from "./settings";
import { startupFailed, startupFinished } from "./startup";
import { Updates } from "./updates";
import { ViewportWatch } from "./viewport";

function element<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`#${id} is missing`);
  return found as Kind;
}

function broke(reason: unknown): void {
  console.error(reason);
  startupFailed("broken");
}

function start(): void {
  if (typeof WebAssembly !== "object") {
    startupFailed("unsupported");
    return;
  }
  const canvas = element<HTMLCanvasElement>("canvas");
  const root = element("semantics");
  const announcer = new Announcer(element("polite"), element("assertive"));
  const layer = new SemanticsLayer(root);
  const frames = new Frames({
    before: () => viewport.tellScroll(),
    after: () => layer.afterFrame(),
  }, () => {
    startupFinished();
    // The first picture stands; what is kept may take its time.
    setTimeout(() => replica.startIfKept(), 0);
    updates.start();
  }, broke);
  const updates = new Updates(() => host.wasm.exports._yuanyue_update_ready());
  const viewport: ViewportWatch = new ViewportWatch(
    canvas, element("spacer"), element("safe-area"), () => frames.now(), () => frames.request());
  const routes = new Routes((y) => viewport.scrollTo(y), () => {
    announceTitle = true;
    frames.request();
  });
  // A new view in the same page is news to a screen reader only if it is told.
  let announceTitle = false;
  const replica = new Replica(() => host.wasm);
  const http = new Http(() => host.wasm);
  const host: Host = new Host({
    frames, viewport, routes, announcer, replica, updates,
    glyphs: new Glyphs(),
    http,
    ready: (wasm) => {
      viewport.start(wasm);
      layer.start(wasm, frames, routes);
      watchPointer(wasm, frames);
      keepPresses();
      watchContext(canvas, wasm, frames);
      frames.start(wasm);
    },
    failed: () => startupFailed("unsupported"),
    takeTree: (words, force) => layer.take(words, force),
    titled: (title) => {
      if (announceTitle) announcer.say(title, false);
      announceTitle = false;
    },
    requestFocus: (id) => layer.requestFocus(id),
    requestScrollIntoView: (id) => layer.requestScrollIntoView(id),
  });
  window.addEventListener("online", () => frames.request());
  window.addEventListener("offline", () => frames.request());
  publishStatistics(frames, replica, http);
  createYuanyue({
    host,
    locateFile: () => wasmUrl,
    // Before main(), which may ask for both.
    onRuntimeInitialized: () => {
      watchPreferences(host.wasm);
      watchSettings(() => host.wasm.exports._yuanyue_settings_changed());
      routes.start(host.wasm);
    },
    onAbort: broke,
  }).catch(broke);
  if (!makeContext(canvas)) startupFailed("unsupported");
}

// For tests and measurements; read-only.
function publishStatistics(frames: Frames, replica: Replica, http: Http): void {
  const { statistics } = frames;
  Object.defineProperty(window, "yuanyue", {
    value: Object.freeze({
      get frames() { return statistics.frames; },
      get lastMs() { return statistics.lastMs; },
      get worstMs() { return statistics.worstMs; },
      get replica() { return { ...replica.statistics, writesMs: [...replica.statistics.writesMs] }; },
      get lastAnswerMs() { return http.lastAnswerMs; },
      get idle() { return frames.idle; },
      resetWorst() { statistics.worstMs = 0; },
    }),
  });
}

start();
