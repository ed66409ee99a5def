// Makes the page's elements match the tree that C++ sent, touching only what changed.

import type { NodeView } from "./decode";
import { decodeTree } from "./decode";
import { createElement, tagOf, updateElement } from "./elements";
import type { Entry } from "./entry";
import { bindEntry, isTextField } from "./entry";

export interface Change {
  removed: Entry[];   // in reading order
  added: Entry[];
  replaced: Entry[];  // kept, with a new element
}

export class SemanticsTree {
  private readonly entries = new Map<number | string, Entry>();
  private order: Entry[] = [];
  private generation = 0;

  constructor(private readonly root: HTMLElement) {}

  get inReadingOrder(): readonly Entry[] {
    return this.order;
  }

  find(id: number): Entry | null {
    return this.entries.get(id) ?? null;
  }

  // `force`: what a field holds may differ from the tree though the tree is unchanged.
  apply(words: Uint32Array, force: boolean): Change {
    this.generation += 1;
    const change: Change = { removed: [], added: [], replaced: [] };
    const before = this.order;
    const roots: Entry[] = [];
    this.order = [];
    this.read(decodeTree(words), roots, force, change);
    change.removed = before.filter((entry) => entry.generation !== this.generation);
    for (const entry of change.removed) this.entries.delete(entry.key);
    arrange(this.root, roots);
    for (const entry of this.order) {
      if (entry.node.container) arrange(entry.element, entry.children);
      place(entry);
    }
    return change;
  }

  private read(nodes: NodeView[], roots: Entry[], force: boolean, change: Change): void {
    const open: Entry[] = [];
    let skippedDepth = Infinity;
    for (const node of nodes) {
      const { depth } = node;
      if (depth > skippedDepth) continue;
      skippedDepth = Infinity;
      const parent = depth === 0 ? null : open[depth - 1] ?? null;
      const siblings = parent?.children ?? roots;
      const key = node.id !== 0 ? node.id : `${parent?.key ?? ""}/${siblings.length}`;
      const entry = this.update(key, node, parent, force, change);
      if (entry === null) {
        console.error(`semantics: node ${key} (${node.role} "${node.strings().name}") appears twice`);
        skippedDepth = depth;
        continue;
      }
      siblings.push(entry);
      open[depth] = entry;
      this.order.push(entry);
    }
  }

  private update(
    key: number | string, node: NodeView, parent: Entry | null, force: boolean,
    change: Change): Entry | null {
    const known = this.entries.get(key);
    if (known !== undefined && known.generation === this.generation) return null;
    if (known !== undefined && known.role === node.role) {
      this.updateKnown(known, node, force, change);
      known.generation = this.generation;
      known.parent = parent;
      known.children = [];
      return known;
    }
    const entry = this.create(key, node, parent);
    change.added.push(entry);
    return entry;
  }

  private updateKnown(entry: Entry, node: NodeView, force: boolean, change: Change): void {
    const same = entry.node.sameContent(node);
    const wasContainer = entry.node.container;
    entry.node = node;
    if (same && !(force && isTextField(entry.role))) return;
    const strings = node.strings();
    if (tagOf(node, strings).toUpperCase() !== entry.element.tagName || wasContainer !== node.container) {
      const element = createElement(node, strings);
      entry.element.replaceWith(element);
      entry.element = element;
      entry.left = NaN;
      bindEntry(entry);
      change.replaced.push(entry);
    }
    updateElement(entry, strings);
  }

  private create(key: number | string, node: NodeView, parent: Entry | null): Entry {
    const strings = node.strings();
    const entry: Entry = {
      key, id: node.id, role: node.role, element: createElement(node, strings), node, parent,
      children: [], generation: this.generation, name: "", left: NaN, top: NaN, width: NaN, height: NaN,
    };
    if (node.id === 0) entry.element.removeAttribute("id");
    this.entries.set(key, entry);
    bindEntry(entry);
    updateElement(entry, strings);
    return entry;
  }
}

type Movable = HTMLElement & { moveBefore?(node: Node, before: Node | null): void };

// Puts the children in order. Elements that stay in place are not touched, because moving one would take
// its focus and break an input method's composition.
function arrange(parent: HTMLElement, children: readonly Entry[]): void {
  const wanted = new Set<Element>(children.map((entry) => entry.element));
  for (const element of Array.from(parent.children)) {
    if (!wanted.has(element)) element.remove();
  }
  let next = parent.firstElementChild;
  for (const { element } of children) {
    if (element === next) {
      next = next.nextElementSibling;
    } else if (element.isConnected && typeof (parent as Movable).moveBefore === "function") {
      (parent as Movable).moveBefore?.(element, next);
    } else {
      parent.insertBefore(element, next);
    }
  }
}

// Rectangles come in page coordinates (window coordinates below a fixed node); elements are placed
// relative to their parent's.
function place(entry: Entry): void {
  const { node, parent, element } = entry;
  const ownFrame = parent === null || (node.fixed && !isFixed(parent));
  const left = node.x - (ownFrame ? 0 : parent.node.x);
  const top = node.y - (ownFrame ? 0 : parent.node.y);
  const { width, height } = node;
  const fixed = node.fixed && ownFrame;
  if (element.classList.contains("fixed") !== fixed) element.classList.toggle("fixed", fixed);
  if (entry.left === left && entry.top === top && entry.width === width && entry.height === height) return;
  entry.left = left;
  entry.top = top;
  entry.width = width;
  entry.height = height;
  const { style } = element;
  style.left = `${left}px`;
  style.top = `${top}px`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}

function isFixed(entry: Entry): boolean {
  for (let at: Entry | null = entry; at !== null; at = at.parent) if (at.node.fixed) return true;
  return false;
}
