// The `host` object: one function for each of web/bridge/host.h. It only hands on.

import assetUrls from "yuanyue-assets";

import type { Announcer } from "./announcer";
import { copyText } from "./clipboard";
import type { Frames } from "./frames";
import type { Glyphs } from "./glyphs";
import { methods, type Http } from "./http";
import type { Replica } from "./replica/replica";
import type { Routes } from "./routes";
import { readSetting, writeSetting } from "./settings";
import type { Updates } from "./updates";
import { type Exports, Wasm } from "./wasm";
import type { ViewportWatch } from "./viewport";

export interface Parts {
  frames: Frames;
  viewport: ViewportWatch;
  glyphs: Glyphs;
  http: Http;
  routes: Routes;
  replica: Replica;
  announcer: Announcer;
  updates: Updates;
  ready(wasm: Wasm): void;
  failed(): void;
  takeTree(words: Uint32Array, force: boolean): void;
  titled(title: string): void;
  requestFocus(id: number): void;
  requestScrollIntoView(id: number): void;
}

export class Host {
  private connected: Wasm | null = null;
  private readonly timers = new Map<number, number>();

  constructor(private readonly parts: Parts) {}

  connect(exports: Exports, heap: () => Uint8Array<ArrayBuffer>): void {
    this.connected = new Wasm(exports, heap);
  }

  ready(): void { this.parts.ready(this.wasm); }
  failed(): void { this.parts.failed(); }
  requestFrame(): void { this.parts.frames.request(); }
  requestFrameIn(delayMs: number): void { this.parts.frames.requestIn(delayMs); }

  semantics(address: number, wordCount: number, force: boolean): void {
    const bytes = this.wasm.bytes(address, wordCount * 4).slice();
    this.parts.takeTree(new Uint32Array(bytes.buffer), force);
  }
  focus(id: number): void { this.parts.requestFocus(id); }
  scrollIntoView(id: number): void { this.parts.requestScrollIntoView(id); }
  announce(text: number, size: number, assertive: boolean): void {
    this.parts.announcer.say(this.text(text, size), assertive);
  }

  setPageHeight(height: number): void { this.parts.viewport.setPageHeight(height); }
  scrollTo(y: number): void { this.parts.viewport.scrollTo(y); }
  setBackground(color: number, dark: boolean): void {
    const css = `#${(color & 0xffffff).toString(16).padStart(6, "0")}`;
    document.documentElement.style.backgroundColor = css;
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    document.querySelector<HTMLMetaElement>("meta[name=theme-color]")?.setAttribute("content", css);
  }

  glyph(codepoint: number, weight: number, pixels: number, box: number): number {
    return this.parts.glyphs.measure(this.wasm, codepoint, weight, pixels, box);
  }
  glyphPixels(out: number): void { this.parts.glyphs.pixels(this.wasm, out); }

  randomBytes(out: number, size: number): void {
    // The browser gives at most 65,536 bytes at a time.
    const bytes = this.wasm.bytes(out, size);
    for (let at = 0; at < size; at += 65536) {
      crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65536)));
    }
  }

  navigate(route: number, size: number, replace: boolean): void {
    this.parts.routes.go(this.text(route, size), replace);
  }
  back(): void { history.back(); }
  setTitle(text: number, size: number): void {
    document.title = this.text(text, size);
    this.parts.titled(document.title);
  }
  setLanguage(text: number, size: number): void { document.documentElement.lang = this.text(text, size); }

  setting(key: number, size: number): void { this.wasm.give(readSetting(this.text(key, size))); }
  setSetting(key: number, keySize: number, value: number, valueSize: number): void {
    writeSetting(this.text(key, keySize), this.text(value, valueSize));
  }

  assetPath(name: number, size: number): void { this.wasm.give(assetUrls[this.text(name, size)] ?? ""); }

  copy(text: number, size: number): void { void copyText(this.text(text, size)); }
  // After the frame, because printing stops the page.
  print(): void { setTimeout(() => window.print(), 0); }
  reload(): void { void this.parts.updates.reload(); }
  reloadNow(): void { location.reload(); }

  http(
    request: number, method: number, path: number, pathSize: number, body: number, bodySize: number,
    timeoutMs: number): void {
    const { http } = this.parts;
    http.start(request, methods[method] ?? "GET", this.text(path, pathSize), this.text(body, bodySize), timeoutMs);
  }
  httpAbort(request: number): void { this.parts.http.abort(request); }
  setCsrfToken(token: number, size: number): void { this.parts.http.setCsrfToken(this.text(token, size)); }
  online(): boolean { return navigator.onLine; }

  replicaStart(): void { this.parts.replica.start(); }
  replicaWrite(ticket: number, lines: number, size: number): void {
    this.parts.replica.write(ticket, this.wasm.bytes(lines, size).slice());
  }
  replicaWipe(lines: number, size: number): void { this.parts.replica.wipe(this.text(lines, size)); }
  tabSend(to: number, toSize: number, text: number, size: number): void {
    this.parts.replica.sendToTab(this.text(to, toSize), this.text(text, size));
  }

  setTimer(timer: number, delayMs: number): void {
    // Longer delays than 2^31 - 1 ms would fire at once.
    this.timers.set(timer, window.setTimeout(() => {
      this.timers.delete(timer);
      this.wasm.exports._yuanyue_timer_fired(timer);
    }, Math.min(delayMs, 0x7fffffff)));
  }
  cancelTimer(timer: number): void {
    clearTimeout(this.timers.get(timer));
    this.timers.delete(timer);
  }

  get wasm(): Wasm {
    if (this.connected === null) throw new Error("the module is not connected yet");
    return this.connected;
  }

  private text(address: number, size: number): string { return this.wasm.text(address, size); }
}
