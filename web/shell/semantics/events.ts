// What happens to the elements, as events for C++. A click is the one way of activating: mouse, touch,
// keyboard and assistive technology all end in one.

import type { Frames } from "../frames";
import type { Routes } from "../routes";
import { EventKind, type Wasm } from "../wasm";
import type { Entry } from "./entry";
import { activeAround, entryAt, isActive, isRoving, isTextField, isUnavailable } from "./entry";
import {
  isComposing, isTextElement, normalized, startComposing, stopComposing,
} from "./fields";
import type { FocusKeeper } from "./focus";
import { topModal } from "./modal";
import type { SemanticsTree } from "./tree";

// The numbers are those of Key in web/bridge/semantics.h.
const keys: Readonly<Record<string, number>> = {
  ArrowLeft: 1, ArrowRight: 2, ArrowUp: 3, ArrowDown: 4, Home: 5, End: 6, PageUp: 7, PageDown: 8,
};

const dismissable: ReadonlySet<string> = new Set(["dialog", "alertdialog", "listbox"]);

export class SemanticsEvents {
  private focusedId = 0;
  private focusVisible = false;
  private pressedOutside = false;

  constructor(
    root: HTMLElement, private readonly wasm: Wasm, private readonly frames: Frames,
    private readonly routes: Routes, private readonly tree: SemanticsTree,
    private readonly focus: FocusKeeper) {
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("submit", (event) => event.preventDefault());
    root.addEventListener("input", (event) => this.typed(event.target));
    root.addEventListener("change", (event) => this.changed(event.target));
    root.addEventListener("compositionstart", (event) => this.composing(event.target, true));
    root.addEventListener("compositionend", (event) => this.composing(event.target, false));
    root.addEventListener("focusin", () => this.tellFocus());
    root.addEventListener("focusout", (event) => this.left(event.target));
    root.addEventListener("scroll", (event) => this.scrolled(event.target), { capture: true, passive: true });
    document.addEventListener("keydown", (event) => this.keyDown(event));
    document.addEventListener("pointerdown", (event) => {
      this.pressedOutside = event.isPrimary && this.modalBeside(event.target) !== null;
    });
    document.addEventListener("click", (event) => this.clickedOutside(event));
  }

  // True if it is another focus than C++ knew.
  tellFocus(): boolean {
    const entry = this.focus.focused;
    const id = entry?.id ?? 0;
    const visible = entry?.element.matches(":focus-visible") ?? false;
    if (id === this.focusedId && visible === this.focusVisible) return false;
    this.focusedId = id;
    this.focusVisible = visible;
    this.wasm.exports._yuanyue_focus(id, visible);
    this.focus.focusMoved();
    this.frames.now();
    return true;
  }

  private send(kind: EventKind, id: number, text = "", key = 0): void {
    this.wasm.give(text);
    this.wasm.exports._yuanyue_event(kind, id, key);
  }

  private clicked(event: MouseEvent): void {
    const entry = activeAround(entryAt(event.target));
    if (entry === null) return;
    if (entry.element instanceof HTMLAnchorElement && !this.followed(event, entry.element)) return;
    if (isUnavailable(entry.node)) {
      event.preventDefault();
      return;
    }
    // Safari does not focus a button that is clicked; what happens next may depend on where it is.
    if (document.activeElement !== entry.element && entry.element.isConnected) {
      entry.element.focus({ preventScroll: true });
    }
    this.send(EventKind.activate, entry.id);
    this.frames.now();
  }

  // False when the browser is to deal with the link alone: a new tab, another site.
  private followed(event: MouseEvent, link: HTMLAnchorElement): boolean {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return false;
    const href = link.getAttribute("href") ?? "";
    if (!href.startsWith("#")) return false;
    event.preventDefault();
    if (href.startsWith("#/")) this.routes.go(href.slice(1), false);
    return true;
  }

  private typed(target: EventTarget | null): void {
    const entry = entryAt(target);
    if (entry === null || !isTextElement(target) || isComposing(target)) return;
    target.classList.toggle("known", target.value !== "");
    this.send(EventKind.text, entry.id, normalized(target));
    this.frames.request();
  }

  private changed(target: EventTarget | null): void {
    const entry = entryAt(target);
    if (entry === null || !(target instanceof HTMLSelectElement)) return;
    this.send(EventKind.option, entry.id, target.value);
    this.frames.now();
  }

  // Half-typed syllables are the input method's business; C++ hears of the words only.
  private composing(target: EventTarget | null, begins: boolean): void {
    const entry = entryAt(target);
    if (entry === null || !isTextElement(target)) return;
    this.wasm.exports._yuanyue_composing(begins ? entry.id : 0);
    if (begins) startComposing(target);
    else {
      stopComposing(target);
      this.typed(target);
    }
    this.frames.request();
  }

  private left(target: EventTarget | null): void {
    if (isTextElement(target)) {
      // What is drawn begins at the text's start.
      target.scrollLeft = target.scrollTop = 0;
    }
    // When the focus only moves on, focusin tells where to; one report is enough.
    queueMicrotask(() => this.tellFocus());
  }

  private scrolled(target: EventTarget | null): void {
    const entry = target instanceof HTMLElement ? entryAt(target) : null;
    if (entry === null || isTextField(entry.role) || entry.element !== target) return;
    this.wasm.exports._yuanyue_scrolled(entry.id, entry.element.scrollLeft, entry.element.scrollTop);
    this.frames.request();
  }

  private keyDown(event: KeyboardEvent): void {
    // The first key after a click makes the focus ring wanted.
    this.tellFocus();
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const entry = this.focus.focused;
    if (event.key === "Escape") this.dismiss(event, entry);
    else if (entry !== null && event.key === "Enter") this.enter(event, entry);
    else if (entry !== null && event.key === " ") this.press(event, entry);
    else if (entry !== null && isRoving(entry.role)) this.arrow(event, entry);
  }

  private dismiss(event: KeyboardEvent, focused: Entry | null): void {
    let entry = focused;
    while (entry !== null && !dismissable.has(entry.role) && entry.node.expanded !== "yes") {
      entry = entry.parent;
    }
    entry ??= topModal(this.tree.inReadingOrder);
    if (entry === null) return;
    event.preventDefault();
    this.send(EventKind.dismiss, entry.id);
    this.frames.now();
  }

  // A tap beside a dialog closes it, as Escape does; not when the pointer went down inside, which is
  // how a selection of its text ends.
  private clickedOutside(event: MouseEvent): void {
    const modal = this.pressedOutside ? this.modalBeside(event.target) : null;
    this.pressedOutside = false;
    if (modal === null) return;
    this.send(EventKind.dismiss, modal.id);
    this.frames.now();
  }

  private modalBeside(target: EventTarget | null): Entry | null {
    const modal = topModal(this.tree.inReadingOrder);
    return target instanceof Node && modal !== null && !modal.element.contains(target) ? modal : null;
  }

  private enter(event: KeyboardEvent, entry: Entry): void {
    if (!(entry.element instanceof HTMLInputElement)) {
      this.press(event, entry);
      return;
    }
    event.preventDefault();
    if (event.repeat) return;
    const text = normalized(entry.element);
    // What the browser filled in without telling must not be missing from what is submitted.
    if (text !== entry.node.strings().value) this.send(EventKind.text, entry.id, text);
    this.send(EventKind.submit, entry.id);
    this.frames.now();
  }

  // Elements that the browser itself does not turn a key into a click for.
  private press(event: KeyboardEvent, entry: Entry): void {
    if (!isActive(entry.role) || entry.element instanceof HTMLButtonElement ||
      entry.element instanceof HTMLAnchorElement) return;
    event.preventDefault();
    entry.element.click();
  }

  private arrow(event: KeyboardEvent, entry: Entry): void {
    const key = keys[event.key];
    if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.send(EventKind.key, entry.id, "", key);
    this.frames.now();
  }
}
