// Where the focus is, and where it goes when a tree changes: never silently back to the top of the page.

import type { Entry } from "./entry";
import { isFocusable } from "./entry";
import { entryAt } from "./entry";
import { isInside, makeOutsideInert, topModal } from "./modal";
import { updateTabStops } from "./roving";
import type { Change, SemanticsTree } from "./tree";

interface OpenModal {
  key: number | string;
  returnTo: Entry["key"] | null;
}

// A node asked for may come one frame later, with the data that it belongs to.
const waitForRequestedTrees = 2;

export class FocusKeeper {
  private requested = 0;
  private requestedTrees = 0;
  private held: Entry | null = null;
  private heldOrder: readonly Entry[] = [];
  private modals: OpenModal[] = [];

  constructor(private readonly root: HTMLElement, private readonly tree: SemanticsTree) {}

  get focused(): Entry | null {
    const active = document.activeElement;
    return active !== null && this.root.contains(active) ? entryAt(active) : null;
  }

  request(id: number): void {
    this.requested = id;
    this.requestedTrees = waitForRequestedTrees;
  }

  beforeChange(): void {
    this.held = this.focused;
    this.heldOrder = this.tree.inReadingOrder;
  }

  afterChange(change: Change): void {
    const order = this.tree.inReadingOrder;
    const modal = topModal(order);
    const { opened, returnTo } = this.updateModals(order, modal);
    makeOutsideInert(this.root, modal);
    const target = this.requestedEntry(modal) ??
      change.added.find((entry) => entry.node.autofocus && isInside(entry, modal)) ??
      (opened && !isInside(this.focused, modal) ? modal : null) ??
      this.returned(returnTo, modal) ??
      this.replacement(change, modal);
    if (target !== null) this.moveTo(target);
    updateTabStops(order, this.focused);
  }

  // A request made without a change of the tree.
  settleRequest(): void {
    const target = this.requestedEntry(topModal(this.tree.inReadingOrder));
    if (target !== null) this.moveTo(target);
  }

  focusMoved(): void {
    updateTabStops(this.tree.inReadingOrder, this.focused);
  }

  private updateModals(order: readonly Entry[], modal: Entry | null): {
    opened: boolean;
    returnTo: Entry["key"] | null;
  } {
    const present = new Set(order.filter((entry) => entry.node.modal).map((entry) => entry.key));
    let returnTo: Entry["key"] | null = null;
    // Several may close at once; the outermost one knows where its user came from.
    for (let last = this.modals.at(-1); last !== undefined && !present.has(last.key);
      last = this.modals.at(-1)) {
      returnTo = last.returnTo;
      this.modals.pop();
    }
    const opened = modal !== null && !this.modals.some((open) => open.key === modal.key);
    if (opened) this.modals.push({ key: modal.key, returnTo: returnTo ?? this.held?.key ?? null });
    return { opened, returnTo };
  }

  private requestedEntry(modal: Entry | null): Entry | null {
    if (this.requested === 0) return null;
    const entry = this.tree.find(this.requested);
    if (entry !== null && isInside(entry, modal)) {
      this.requested = 0;
      return entry;
    }
    this.requestedTrees -= 1;
    if (this.requestedTrees <= 0) this.requested = 0;
    return null;
  }

  private returned(returnTo: Entry["key"] | null, modal: Entry | null): Entry | null {
    if (returnTo === null) return null;
    const entry = this.alive(returnTo);
    return entry !== null && isInside(entry, modal) ? entry : null;
  }

  // Something that had the focus is gone: its new element, a neighbour, or what holds them.
  private replacement(change: Change, modal: Entry | null): Entry | null {
    const { held } = this;
    if (held === null || this.focused === held) return null;
    const alive = this.alive(held.key);
    if (alive !== null && isInside(alive, modal)) return alive;
    const heading = change.added.find((entry) => entry.role === "heading" && entry.node.level === 1);
    if (heading !== undefined && isInside(heading, modal)) {
      // Of another page, which stands where its user left it.
      this.moveTo(heading, { preventScroll: true });
      return null;
    }
    return this.neighbour(held, modal);
  }

  private neighbour(held: Entry, modal: Entry | null): Entry | null {
    const at = this.heldOrder.indexOf(held);
    for (let around = held.parent; around !== null; around = around.parent) {
      const container = this.alive(around.key);
      if (container === null) continue;
      const usable = (entry: Entry): boolean => isFocusable(entry.role) &&
        this.alive(entry.key) === entry && isInside(entry, container) && isInside(entry, modal);
      const next = this.heldOrder.slice(at + 1).find(usable) ??
        this.heldOrder.slice(0, at).reverse().find(usable);
      if (next !== undefined) return next;
      if (container.role === "main") return container;
    }
    return modal ?? this.tree.inReadingOrder.find((entry) => entry.role === "main") ?? null;
  }

  private alive(key: Entry["key"]): Entry | null {
    return this.tree.inReadingOrder.find((entry) => entry.key === key) ?? null;
  }

  private moveTo(entry: Entry, options: FocusOptions = {}): void {
    const { element } = entry;
    if (document.activeElement === element) return;
    if (!isFocusable(entry.role) && !element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.focus(options);
  }
}
