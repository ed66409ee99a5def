// One node that is on the page, and its element.

import type { NodeView, Role } from "./decode";

export interface Entry {
  readonly key: number | string;  // the node's id; for a node without one, its place in its parent
  readonly id: number;
  readonly role: Role;
  element: HTMLElement;
  node: NodeView;
  parent: Entry | null;
  children: Entry[];
  generation: number;             // of the last tree that it was in
  name: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

const entries = new WeakMap<Element, Entry>();

export function bindEntry(entry: Entry): void {
  entries.set(entry.element, entry);
}

// The entry whose element is `target` or the nearest around it.
export function entryAt(target: EventTarget | null): Entry | null {
  for (let element = target instanceof Element ? target : null; element !== null;
    element = element.parentElement) {
    const entry = entries.get(element);
    if (entry !== undefined) return entry;
  }
  return null;
}

const textFieldRoles: ReadonlySet<Role> = new Set(["textbox", "password", "searchbox", "textarea"]);
const rovingRoles: ReadonlySet<Role> = new Set(["gridcell", "tab", "radio", "option"]);
const activeRoles: ReadonlySet<Role> = new Set([
  "button", "link", "tab", "checkbox", "radio", "switch", "option", "combobox", "gridcell",
]);

export const isTextField = (role: Role): boolean => textFieldRoles.has(role);
export const isRoving = (role: Role): boolean => rovingRoles.has(role);
export const isActive = (role: Role): boolean => activeRoles.has(role);
export const isFocusable = (role: Role): boolean =>
  isActive(role) || isTextField(role) || role === "select";
// Announced as unavailable, but kept in the Tab order, so that the reason can be read.
export const isUnavailable = (node: NodeView): boolean =>
  node.disabled || (node.busy && node.role === "button");

export function activeAround(entry: Entry | null): Entry | null {
  let at = entry;
  while (at !== null && !isActive(at.role)) at = at.parent;
  return at;
}
