// Real text fields and selects. They lie over the drawn ones, own their text while it is edited, and show
// it themselves only while focused; the input method, autofill, undo and the pickers are the browser's.

import type { Role, Strings } from "./decode";
import type { Entry } from "./entry";
import { baselineDifference } from "../glyphs";

type TextElement = HTMLInputElement | HTMLTextAreaElement;

const inputTypes: Partial<Record<Role, string>> = {
  textbox: "text", password: "password", searchbox: "search",
};

let composingElement: Element | null = null;
let baseline: number | null = null;
// What C++ last wanted a field to hold while it was being composed in.
const postponed = new WeakMap<TextElement, string>();

export function isTextElement(element: EventTarget | null): element is TextElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}

export function createField(element: HTMLElement, role: Role): void {
  element.classList.add("field");
  if (element instanceof HTMLInputElement) element.type = inputTypes[role] ?? "text";
  if (!isTextElement(element)) return;
  element.spellcheck = false;
  element.autocapitalize = "off";
  element.setAttribute("autocorrect", "off");
}

export function updateField(entry: Entry, strings: Strings): void {
  const { element, node } = entry;
  if (element instanceof HTMLSelectElement) {
    // Disabling what has the focus would lose it.
    if (document.activeElement !== element) element.disabled = node.disabled;
    updateSelect(element, strings);
  } else if (isTextElement(element)) {
    element.readOnly = node.disabled;
    updateTextAttributes(element, entry, strings);
    setText(element, strings.value);
  }
}

// The application's text wins over what was typed, except under an input method's hands.
export function setText(element: TextElement, text: string): void {
  if (element === composingElement) {
    postponed.set(element, text);
    return;
  }
  element.classList.toggle("known", text !== "");
  if (normalized(element) === text) return;
  const { selectionStart, selectionEnd } = element;
  const atEnd = selectionEnd === element.value.length;
  element.value = text;
  if (document.activeElement !== element || atEnd) return;
  element.setSelectionRange(
    Math.min(selectionStart ?? text.length, text.length), Math.min(selectionEnd ?? text.length, text.length));
}

export function startComposing(element: TextElement): void {
  composingElement = element;
}

export function stopComposing(element: TextElement): void {
  if (composingElement === element) composingElement = null;
  postponed.delete(element);
}

export function isComposing(element: Element): boolean {
  return composingElement === element;
}

export function normalized(element: TextElement): string {
  // Half of a pair, while an input method is at work, is no character yet.
  return element.value.replace(/\p{Surrogate}/gu, "\ufffd");
}

function updateTextAttributes(element: TextElement, entry: Entry, strings: Strings): void {
  const { node } = entry;
  element.placeholder = strings.placeholder;
  if (node.maxLength > 0) element.maxLength = node.maxLength;
  else element.removeAttribute("maxlength");
  setOrRemove(element, "autocomplete", strings.autocomplete === "" ? "off" : strings.autocomplete);
  setOrRemove(element, "inputmode", strings.inputMode);
  // Browsers and password managers know fields by it.
  element.name = strings.autocomplete;
  const { style } = element;
  style.fontSize = `${node.fontSize}px`;
  style.setProperty("--text", `#${(node.textColor & 0xffffff).toString(16).padStart(6, "0")}`);
  baseline ??= baselineDifference();
  const lower = baseline * node.fontSize;
  style.paddingLeft = `${node.insetLeft}px`;
  style.paddingRight = `${node.insetRight}px`;
  if (element instanceof HTMLTextAreaElement) {
    style.lineHeight = `${node.lineHeight > 0 ? node.lineHeight : 1.5 * node.fontSize}px`;
    style.paddingTop = `${Math.max(0, node.insetTop - lower)}px`;
    style.paddingBottom = `${node.insetTop}px`;
  } else {
    style.paddingTop = `${Math.max(0, -2 * lower)}px`;
    style.paddingBottom = `${Math.max(0, 2 * lower)}px`;
  }
}

function updateSelect(element: HTMLSelectElement, strings: Strings): void {
  if (element.dataset["options"] !== strings.options) {
    element.dataset["options"] = strings.options;
    element.replaceChildren(...strings.options.split("\n").filter((line) => line !== "").map((line) => {
      const tab = line.indexOf("\t");
      const option = document.createElement("option");
      option.value = tab < 0 ? line : line.slice(0, tab);
      option.textContent = tab < 0 ? line : line.slice(tab + 1);
      return option;
    }));
  }
  element.value = strings.value;
  // Nothing chosen yet: no option is selected, and choosing the first one is a change too.
  if (element.value !== strings.value) element.selectedIndex = -1;
}

function setOrRemove(element: Element, name: string, value: string): void {
  if (value === "") element.removeAttribute(name);
  else element.setAttribute(name, value);
}
