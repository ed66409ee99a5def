// The window: its size in CSS and device pixels, zoom, scrolling and the safe area of phones.

import type { Wasm } from "./wasm";

export class ViewportWatch {
  private wasm: Wasm | null = null;
  private pageHeight = -1;
  private wantedScroll: number | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly spacer: HTMLElement,
    private readonly safeArea: HTMLElement,
    private readonly drawNow: () => void,
    requestFrame: () => void) {
    document.addEventListener("scroll", requestFrame, { passive: true });
  }

  start(wasm: Wasm): void {
    this.wasm = wasm;
    this.measure();
    new ResizeObserver(() => this.resized()).observe(this.canvas);
    window.addEventListener("resize", () => this.resized());
    this.watchPixelRatio();
  }

  tellScroll(): void {
    this.wasm?.exports._yuanyue_scroll(window.scrollY);
  }

  setPageHeight(height: number): void {
    this.pageHeight = height;
    this.spacer.style.height = `${height}px`;
    if (this.wantedScroll !== null) this.scrollTo(this.wantedScroll);
  }

  // A place further down than the page is high yet is reached once it has grown.
  scrollTo(y: number): void {
    window.scrollTo({ top: y, behavior: "instant" });
    const reached = y <= Math.max(0, this.pageHeight - window.innerHeight);
    this.wantedScroll = reached ? null : y;
  }

  forgetWantedScroll(): void {
    this.wantedScroll = null;
  }

  private watchPixelRatio(): void {
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener("change", () => {
      this.resized();
      this.watchPixelRatio();
    }, { once: true });
  }

  private resized(): void {
    // Setting a canvas' size clears it, so it is drawn again before the browser paints.
    if (this.measure()) this.drawNow();
  }

  private measure(): boolean {
    const ratio = window.devicePixelRatio || 1;
    const box = this.canvas.getBoundingClientRect();
    const width = Math.max(1, Math.round(box.width * ratio));
    const height = Math.max(1, Math.round(box.height * ratio));
    const safe = getComputedStyle(this.safeArea);
    const numbers = [
      box.width, box.height, ratio, width, height,
      parseFloat(safe.paddingTop) || 0, parseFloat(safe.paddingBottom) || 0,
    ] as const;
    const key = numbers.join();
    if (key === this.lastMeasured) return false;
    this.lastMeasured = key;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.wasm?.exports._yuanyue_viewport(...numbers);
    return true;
  }

  private lastMeasured = "";
}
