// The window: its size in CSS and device pixels, zoom, scrolling and the safe area of phones.

import type { Wasm } from "./wasm";

export class ViewportWatch {
  private wasm: Wasm | null = null;
  private pageHeight = -1;
  private wantedScroll: number | null = null;
  private lastRatio = 1;
  private lastMeasured = "";

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly spacer: HTMLElement,
    private readonly safeArea: HTMLElement,
    private readonly drawNow: () => void,
    requestFrame: () => void) {
    document.addEventListener("scroll", requestFrame, { passive: true });
    // From then on the user says where the page is.
    for (const kind of ["wheel", "touchstart", "keydown"]) {
      window.addEventListener(kind, () => { this.wantedScroll = null; }, { passive: true });
    }
  }

  start(wasm: Wasm): void {
    this.wasm = wasm;
    this.measure();
    this.watchSize();
    window.addEventListener("resize", () => this.resized());
    this.watchPixelRatio();
  }

  // Before each frame.
  tellScroll(): void {
    if (window.devicePixelRatio !== this.lastRatio) this.measure();
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

  private watchSize(): void {
    const observer = new ResizeObserver(() => this.resized());
    try {
      // Tells of another zoom too.
      observer.observe(this.canvas, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(this.canvas);
    }
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
    this.lastRatio = ratio;
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

}
