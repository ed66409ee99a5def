// Reads the words that web/bridge/semantics.cpp writes; its comment describes them.

// In the order of web/bridge/semantics.h.
export const roles = [
  "main", "navigation", "banner", "region", "form", "group", "list", "listitem", "table", "row",
  "columnheader", "cell", "grid", "gridcell", "tablist", "tabpanel", "radiogroup", "listbox", "dialog",
  "alertdialog", "heading", "paragraph", "status", "alert", "image", "timer", "progressbar", "button",
  "link", "tab", "checkbox", "radio", "switch", "option", "combobox", "textbox", "password",
  "searchbox", "textarea", "select",
] as const;
export type Role = (typeof roles)[number];

export type Tristate = "none" | "no" | "yes";
const tristates: readonly Tristate[] = ["none", "no", "yes"];
const lives = ["off", "polite", "assertive"] as const;

const firstRectWord = 4;
const lastRectWord = 7;
const firstStringWord = 20;
const decoder = new TextDecoder();

export interface Strings {
  name: string;
  description: string;
  value: string;
  placeholder: string;
  options: string;
  href: string;
  autocomplete: string;
  inputMode: string;
}

// One node inside a tree's words. Numbers are read when asked for; strings are decoded all at once.
export class NodeView {
  constructor(
    private readonly words: Uint32Array, private readonly floats: Float32Array,
    private readonly start: number) {}

  get size(): number { return this.word(0); }
  get id(): number { return this.word(1); }
  get depth(): number { return this.word(2) & 0xff; }
  get role(): Role { return roles[(this.word(2) >> 8) & 0xff] ?? "group"; }
  get level(): number { return this.word(2) >>> 16; }
  get disabled(): boolean { return this.flag(0); }
  get busy(): boolean { return this.flag(1); }
  get invalid(): boolean { return this.flag(2); }
  get required(): boolean { return this.flag(3); }
  get modal(): boolean { return this.flag(4); }
  get autofocus(): boolean { return this.flag(5); }
  get fixed(): boolean { return this.flag(6); }
  get container(): boolean { return this.flag(7); }
  get live(): (typeof lives)[number] { return lives[this.bits(8)] ?? "off"; }
  get checked(): Tristate { return tristates[this.bits(10)] ?? "none"; }
  get selected(): Tristate { return tristates[this.bits(12)] ?? "none"; }
  get expanded(): Tristate { return tristates[this.bits(14)] ?? "none"; }
  get current(): Tristate { return tristates[this.bits(16)] ?? "none"; }
  get x(): number { return this.float(4); }
  get y(): number { return this.float(5); }
  get width(): number { return this.float(6); }
  get height(): number { return this.float(7); }
  get position(): number { return this.word(8) & 0xffff; }
  get setSize(): number { return this.word(8) >>> 16; }
  get maxLength(): number { return this.word(9); }
  get fontSize(): number { return this.float(10); }
  get textColor(): number { return this.word(11); }
  get insetLeft(): number { return this.float(13); }
  get insetRight(): number { return this.float(14); }
  get insetTop(): number { return this.float(15); }
  get lineHeight(): number { return this.float(16); }
  get contentWidth(): number { return this.float(17); }
  get contentHeight(): number { return this.float(18); }
  get controls(): number { return this.word(19); }

  strings(): Strings {
    let at = this.start + firstStringWord;
    const next = (): string => {
      const bytes = this.words[at] ?? 0;
      const text = bytes === 0 ? "" : decoder.decode(
        new Uint8Array(this.words.buffer, this.words.byteOffset + (at + 1) * 4, bytes));
      at += 1 + ((bytes + 3) >> 2);
      return text;
    };
    return {
      name: next(), description: next(), value: next(), placeholder: next(), options: next(),
      href: next(), autocomplete: next(), inputMode: next(),
    };
  }

  // Whether anything but the place is another than in `other`.
  sameContent(other: NodeView): boolean {
    const size = this.size;
    if (size !== other.size) return false;
    for (let i = 1; i < size; ++i) {
      if (i === firstRectWord) i = lastRectWord + 1;
      if (this.words[this.start + i] !== other.words[other.start + i]) return false;
    }
    return true;
  }

  private word(index: number): number { return this.words[this.start + index] ?? 0; }
  private float(index: number): number { return this.floats[this.start + index] ?? 0; }
  private flag(bit: number): boolean { return (this.word(3) >> bit & 1) === 1; }
  private bits(shift: number): number { return this.word(3) >> shift & 3; }
}

// The words must not change afterwards: nodes look into them as long as they are shown.
export function decodeTree(words: Uint32Array): NodeView[] {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  const nodes: NodeView[] = [];
  for (let at = 0; at < words.length;) {
    const node = new NodeView(words, floats, at);
    nodes.push(node);
    if (node.size === 0) throw new Error("semantics record of no size");
    at += node.size;
  }
  return nodes;
}
