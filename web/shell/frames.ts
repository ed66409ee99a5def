// When a frame is drawn: only if asked for, never while the tab is hidden or the context is lost.

import type { Wasm } from "./wasm";

export interface FrameWork {
  before(): void;     // what C++ must know first: the scroll offset
  after(): boolean;   // what the frame asks for: semantics, focus; true if that needs a frame again
}

// A focus that moves because of a frame wants its ring drawn at once; more turns than this mean that
// two things pull at each other, and the next refresh is soon enough.
const turnsMax = 3;

export class Frames {
  readonly statistics = { frames: 0, lastMs: 0, worstMs: 0 };
  private wasm: Wasm | null = null;
  private scheduled = 0;
  private timer = 0;
  private timerDue = Infinity;
  private wanted = false;
  private inFrame = false;
  private lost = false;
  private broken = false;

  constructor(
    private readonly work: FrameWork, private readonly onFirst: () => void,
    private readonly onBroken: (reason: unknown) => void) {
    document.addEventListener("visibilitychange", () => this.schedule());
  }

  start(wasm: Wasm): void {
    this.wasm = wasm;
    this.request();
  }

  request(): void {
    this.wanted = true;
    this.schedule();
  }

  requestIn(delayMs: number): void {
    const due = performance.now() + delayMs;
    if (due >= this.timerDue) return;
    clearTimeout(this.timer);
    this.timerDue = due;
    this.timer = window.setTimeout(() => {
      this.timerDue = Infinity;
      this.request();
    }, delayMs);
  }

  setLost(lost: boolean): void {
    this.lost = lost;
    if (!lost) this.request();
  }

  // The answer to an event before the event is over, so that state and focus are never behind it.
  now(): void {
    if (this.inFrame || !this.canDraw()) {
      this.request();
      return;
    }
    this.wanted = true;
    this.draw();
  }

  get idle(): boolean {
    return !this.wanted;
  }

  private canDraw(): boolean {
    return this.wasm !== null && !this.lost && !this.broken && document.visibilityState !== "hidden";
  }

  private schedule(): void {
    if (!this.wanted || this.scheduled !== 0 || this.inFrame || !this.canDraw()) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      if (this.wanted && this.canDraw()) this.draw();
    });
  }

  private draw(): void {
    const start = performance.now();
    this.inFrame = true;
    try {
      this.takeTurns();
    } catch (reason) {
      // A module that has trapped is in no state that could be gone on with.
      this.broken = true;
      this.onBroken(reason);
      return;
    } finally {
      this.inFrame = false;
    }
    this.count(performance.now() - start);
    this.schedule();
  }

  private takeTurns(): void {
    let turns = 0;
    do {
      this.wanted = false;
      this.work.before();
      this.wasm?.exports._yuanyue_frame();
    } while (this.work.after() && ++turns < turnsMax);
  }

  private count(cpuMs: number): void {
    const { statistics } = this;
    if (statistics.frames === 0) this.onFirst();
    statistics.frames += 1;
    statistics.lastMs = cpuMs;
    statistics.worstMs = Math.max(statistics.worstMs, cpuMs);
    this.wasm?.exports._yuanyue_frame_took(cpuMs);
  }
}
