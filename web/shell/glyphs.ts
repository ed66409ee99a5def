// Glyphs and their measures from Canvas 2D, with the fonts of this device.

import type { Wasm } from "./wasm";

// One design for Chinese and Latin text on each system. main.css uses the same list for fields.
export const fontFamily =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", ' +
  '"Noto Sans SC", system-ui, sans-serif';

const digits = "0123456789";

interface Ink {
  text: string;
  left: number;
  top: number;
  width: number;
  height: number;
  shift: number;
}

function isDigit(text: string): boolean {
  return text >= "0" && text <= "9";
}

export class Glyphs {
  private readonly canvas = document.createElement("canvas");
  private readonly context: CanvasRenderingContext2D;
  private readonly digitWidths = new Map<string, number>();
  private font = "";
  private ink: Ink | null = null;

  constructor() {
    this.canvas.width = this.canvas.height = 64;
    // Pixels are read back glyph by glyph, which only a canvas in main memory does fast.
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("no 2D canvas");
    this.context = context;
  }

  // Advance in device pixels; `box` receives left, top, width, height of the ink from the baseline.
  measure(wasm: Wasm, codepoint: number, weight: number, pixels: number, box: number): number {
    const text = String.fromCodePoint(codepoint);
    this.setFont(weight, pixels);
    const metrics = this.context.measureText(text);
    const advance = isDigit(text) ? this.digitWidth() : metrics.width;
    // Numbers line up in columns whatever the font: narrow digits are centred in the common width.
    const shift = isDigit(text) ? Math.round((advance - metrics.width) / 2) : 0;
    const left = Math.floor(-metrics.actualBoundingBoxLeft) - 1;
    const right = Math.ceil(metrics.actualBoundingBoxRight) + 1;
    const top = Math.floor(-metrics.actualBoundingBoxAscent) - 1;
    const bottom = Math.ceil(metrics.actualBoundingBoxDescent) + 1;
    const empty = metrics.actualBoundingBoxRight + metrics.actualBoundingBoxLeft <= 0 ||
      metrics.actualBoundingBoxAscent + metrics.actualBoundingBoxDescent <= 0;
    const width = empty ? 0 : right - left;
    const height = empty ? 0 : bottom - top;
    this.ink = { text, left, top, width, height, shift };
    wasm.int32(box, 4).set([left + shift, top, width, height]);
    return advance;
  }

  // Coverage of the glyph that was measured last, one byte a pixel.
  pixels(wasm: Wasm, out: number): void {
    const { ink, context } = this;
    if (ink === null || ink.width === 0) return;
    this.makeRoom(ink.width, ink.height);
    context.clearRect(0, 0, ink.width, ink.height);
    context.fillText(ink.text, -ink.left, -ink.top);
    const rgba = context.getImageData(0, 0, ink.width, ink.height).data;
    const target = wasm.bytes(out, ink.width * ink.height);
    for (let i = 0; i < target.length; ++i) target[i] = rgba[i * 4 + 3] ?? 0;
  }

  private setFont(weight: number, pixels: number): void {
    const font = `${weight} ${pixels}px ${fontFamily}`;
    if (font === this.font) return;
    this.font = font;
    this.applyFont();
  }

  private applyFont(): void {
    this.context.font = this.font;
    this.context.fontKerning = "none";
    this.context.textBaseline = "alphabetic";
    this.context.fillStyle = "#000";
  }

  private digitWidth(): number {
    const known = this.digitWidths.get(this.font);
    if (known !== undefined) return known;
    let widest = 0;
    for (const digit of digits) widest = Math.max(widest, this.context.measureText(digit).width);
    this.digitWidths.set(this.font, widest);
    return widest;
  }

  private makeRoom(width: number, height: number): void {
    if (width <= this.canvas.width && height <= this.canvas.height) return;
    // Resizing forgets the drawing state.
    this.canvas.width = Math.max(this.canvas.width, width);
    this.canvas.height = Math.max(this.canvas.height, height);
    this.applyFont();
  }
}

// How far below the drawn text's baseline the browser would set it in a field, per pixel of font
// size: the page centres the em box (0.88 above the baseline), a browser the font's own line box.
export function baselineDifference(): number {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return 0;
  context.font = `400 100px ${fontFamily}`;
  const metrics = context.measureText("国");
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = metrics;
  if (!Number.isFinite(ascent) || !Number.isFinite(descent)) return 0;
  return ((ascent - descent) / 2 - 38) / 100;
}
