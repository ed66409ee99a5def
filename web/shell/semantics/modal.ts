// While a modal dialog is open, everything outside it is inert: no focus, no pointer, not read aloud.

import type { Entry } from "./entry";

let inertElements = new Set<HTMLElement>();

export function topModal(order: readonly Entry[]): Entry | null {
  for (let i = order.length - 1; i >= 0; --i) {
    const entry = order[i];
    if (entry?.node.modal) return entry;
  }
  return null;
}

export function isInside(entry: Entry | null, container: Entry | null): boolean {
  if (container === null) return true;
  for (let at = entry; at !== null; at = at.parent) if (at === container) return true;
  return false;
}

export function makeOutsideInert(root: HTMLElement, modal: Entry | null): void {
  const wanted = new Set<HTMLElement>();
  for (let at: HTMLElement | null = modal?.element ?? null; at !== null && at !== root; at = at.parentElement) {
    for (const sibling of at.parentElement?.children ?? []) {
      if (sibling !== at && sibling instanceof HTMLElement) wanted.add(sibling);
    }
  }
  for (const element of inertElements) if (!wanted.has(element)) element.inert = false;
  for (const element of wanted) if (!element.inert) element.inert = true;
  inertElements = wanted;
}
