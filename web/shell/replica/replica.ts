// What the application keeps in this browser, and the other tabs that work on it: storage and
// messages only, the logic is in C++ (web/app/replica_storage.h, web/app/tab_relay.h).

import { readSetting, writeSetting } from "../settings";
import type { Wasm } from "../wasm";
import { replicaExists } from "./folder";
import { Loss } from "./messages";
import { Store } from "./store";
import { Tabs } from "./tabs";

// The numbers are those of web/bridge/replica.cpp.
const enum ReplicaEvent { waiting, following, stored, opened, unavailable, written, lost, message }
const enum Opened { repaired = 1, outboxLost = 2 }

// The user who has signed out, until that user's replica is gone: also when the page ends between.
const wipeSetting = "replica.wipe";
// After a failure the storage is tried again, ever more rarely.
const reopenMinMs = 3_000;
const reopenMaxMs = 60_000;
const writesMeasured = 1_000;

export class Replica {
  // For tests and measurements: writes that are not answered yet, how long the last ones took, and
  // whether this tab has the storage.
  readonly statistics = { unwritten: 0, writesMs: [] as number[], open: false };
  private readonly began = new Map<number, number>();
  private started = false;
  private store: Store | null = null;
  private tabs: Tabs | null = null;
  private reopenTimer = 0;
  private reopenMs = reopenMinMs;

  constructor(private readonly wasm: () => Wasm) {}

  // After the first paint: who has been here before may want it without a network.
  startIfKept(): void {
    void replicaExists().then((exists) => {
      if (exists) this.start();
    });
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    if (!Tabs.supported) {
      this.openStore();  // without locks SQLite's own files say whether another tab has them
      return;
    }
    this.tabs = new Tabs({
      leading: () => this.openStore(),
      following: () => this.tell(ReplicaEvent.following, 0),
      waiting: () => {
        this.closeStore();
        this.tell(ReplicaEvent.waiting, 0);
      },
      message: (from, text) => this.tell(ReplicaEvent.message, 0, `${from}\n${text}`),
    });
    this.tabs.join();
  }

  write(ticket: number, lines: Uint8Array<ArrayBuffer>): void {
    if (this.store === null) return;
    this.began.set(ticket, performance.now());
    this.statistics.unwritten = this.began.size;
    this.store.write(ticket, lines);
  }

  sendToTab(to: string, text: string): void {
    this.tabs?.send(to, text);
  }

  private openStore(): void {
    clearTimeout(this.reopenTimer);
    if (typeof navigator.storage?.getDirectory !== "function") {
      this.unavailable(Loss.unsupported, "no private file system");
      return;
    }
    const store = new Store({
      stored: (lines) => this.tellBytes(ReplicaEvent.stored, 0, lines),
      opened: (repaired, outboxLost) => {
        this.reopenMs = reopenMinMs;
        this.statistics.open = true;
        writeSetting(wipeSetting, "");
        this.tell(ReplicaEvent.opened, (repaired ? Opened.repaired : 0) | (outboxLost ? Opened.outboxLost : 0));
        this.tabs?.announce();
      },
      unavailable: (loss, reason) => this.unavailable(loss, reason),
      written: (ticket) => {
        this.measure(ticket);
        this.tell(ReplicaEvent.written, ticket);
      },
      lost: (ticket, loss, reason) => {
        this.tell(ReplicaEvent.lost, ticket);
        this.unavailable(loss, reason);
      },
    });
    this.store = store;
    // Signing out leaves the mark before it has wiped.
    store.open(readSetting(wipeSetting));
  }

  private closeStore(): void {
    clearTimeout(this.reopenTimer);
    this.store?.close();
    this.store = null;
    this.began.clear();
    Object.assign(this.statistics, { unwritten: 0, open: false });
  }

  private measure(ticket: number): void {
    const { writesMs } = this.statistics;
    writesMs.push(performance.now() - (this.began.get(ticket) ?? Infinity));
    if (writesMs.length > writesMeasured) writesMs.shift();
    this.began.delete(ticket);
    this.statistics.unwritten = this.began.size;
  }

  private unavailable(loss: Loss, reason: string): void {
    console.warn(`the replica is not kept: ${reason}`);
    this.closeStore();
    this.tell(ReplicaEvent.unavailable, loss);
    this.tabs?.announce();
    if (loss === Loss.unsupported || loss === Loss.newer) return;
    this.reopenTimer = window.setTimeout(() => this.openStore(), this.reopenMs);
    this.reopenMs = Math.min(reopenMaxMs, this.reopenMs * 2);
  }

  private tell(event: ReplicaEvent, number: number, text = ""): void {
    const wasm = this.wasm();
    wasm.give(text);
    wasm.exports._yuanyue_replica(event, number);
  }

  private tellBytes(event: ReplicaEvent, number: number, bytes: Uint8Array): void {
    const wasm = this.wasm();
    wasm.giveBytes(bytes);
    wasm.exports._yuanyue_replica(event, number);
  }
}
