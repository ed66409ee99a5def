// The semantics elements as a whole: takes what a frame sends and brings the page up to it afterwards.

import type { Frames } from "../frames";
import type { Routes } from "../routes";
import type { Wasm } from "../wasm";
import { SemanticsEvents } from "./events";
import { FocusKeeper } from "./focus";
import { leaveRoomForBars } from "./scroll_room";
import { SemanticsTree } from "./tree";

export class SemanticsLayer {
  private readonly tree: SemanticsTree;
  private readonly focus: FocusKeeper;
  private events: SemanticsEvents | null = null;
  private pending: { words: Uint32Array; force: boolean } | null = null;
  private focusRequested = false;
  private scrollTarget = 0;

  constructor(root: HTMLElement) {
    this.root = root;
    this.tree = new SemanticsTree(root);
    this.focus = new FocusKeeper(root, this.tree);
  }
  private readonly root: HTMLElement;

  start(wasm: Wasm, frames: Frames, routes: Routes): void {
    this.events = new SemanticsEvents(this.root, wasm, frames, routes, this.tree, this.focus);
  }

  take(words: Uint32Array, force: boolean): void {
    this.pending = { words, force };
  }

  requestFocus(id: number): void {
    this.focus.request(id);
    this.focusRequested = true;
  }

  requestScrollIntoView(id: number): void {
    this.scrollTarget = id;
  }

  // True if C++ must draw again, because the focus has moved.
  afterFrame(): boolean {
    const { pending } = this;
    this.pending = null;
    if (pending !== null) {
      this.focus.beforeChange();
      const change = this.tree.apply(pending.words, pending.force);
      this.focus.afterChange(change);
      leaveRoomForBars(this.tree.inReadingOrder);
    } else if (this.focusRequested) {
      this.focus.settleRequest();
    }
    this.focusRequested = false;
    if (this.scrollTarget !== 0) {
      this.tree.find(this.scrollTarget)?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.scrollTarget = 0;
    }
    return this.events?.tellFocus() ?? false;
  }
}
