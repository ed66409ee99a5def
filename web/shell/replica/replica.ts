// What the application keeps in this browser, and the other tabs that work on it: storage and
// messages only, the logic is in C++ (web/app/replica_storage.h, tab_leader.h and tab_follower.h).

import { readSetting, writeSetting } from "../settings";
import type { Wasm } from "../wasm";
import { replicaExists } from "./folder";
import { type Damage, Loss } from "./messages";
import { Store } from "./store";
import { Tabs } from "./tabs";

// The numbers are those of web/bridge/replica.cpp.
const enum ReplicaEvent { waiting, following, stored, opened, unavailable, written, lost, message, wiped }
const enum Opened { repaired = 1, outboxLost = 2 }

// Of the last sign-out, until everything is gone: also when the page ends between.
const wipeMark = "replica.wipe";
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
  private leads = false;  // this tab is the one to open the storage
  private wiped = false;  // by this tab, and nothing has been wanted since
  private damage: Damage | null = null;  // found by the open before
  private askedToPersist = false;
  private reopenTimer = 0;
  private reopenMs = reopenMinMs;

  constructor(private readonly wasm: () => Wasm) {}

  // After the first paint: who has been here before may want it without a network, and who has left
  // wants it gone.
  startIfKept(): void {
    void replicaExists().then((exists) => {
      if (exists || readSetting(wipeMark) !== "") this.start();
    });
  }

  start(): void {
    if (this.started) {
      if (this.wiped) this.openStore();
      return;
    }
    this.started = true;
    if (!Tabs.supported) {
      this.leads = true;
      this.openStore();  // without locks SQLite's own files say whether another tab has them
      return;
    }
    this.tabs = new Tabs({
      leading: () => {
        this.leads = true;
        this.openStore();
      },
      following: () => this.tell(ReplicaEvent.following, 0),
      waiting: () => {
        this.leads = false;
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

  // What is kept is replaced by `rest`, and cannot be read any more. Without a rest it is the wipe that the mark speaks
  // of; a tab that does not lead leaves it to the one that does.
  wipe(rest: string): void {
    if (!this.leads) return;
    if (this.store === null) this.openStore();
    else {
      this.statistics.open = false;  // until what remains is open again
      this.store.wipe(rest === "" ? readSetting(wipeMark) : "", rest);
    }
  }

  sendToTab(to: string, text: string): void {
    this.tabs?.send(to, text);
  }

  private openStore(): void {
    this.closeStore();
    this.wiped = false;
    if (typeof navigator.storage?.getDirectory !== "function") {
      this.unavailable(Loss.unsupported, "no private file system");
      return;
    }
    const mark = readSetting(wipeMark);
    const store = new Store({
      stored: (lines) => this.tellBytes(ReplicaEvent.stored, 0, lines),
      opened: () => this.opened(mark),
      wiped: (reopen, damage) => this.storeWiped(reopen, damage),
      unavailable: (loss, reason) => this.unavailable(loss, reason),
      written: (ticket, keepsCommand) => {
        this.measure(ticket);
        if (keepsCommand) this.askToPersist();
        this.tell(ReplicaEvent.written, ticket);
      },
      lost: (ticket, loss, reason) => {
        this.tell(ReplicaEvent.lost, ticket);
        this.unavailable(loss, reason);
      },
    });
    this.store = store;
    store.open(mark);
  }

  private opened(mark: string): void {
    this.reopenMs = reopenMinMs;
    this.statistics.open = true;
    if (readSetting(wipeMark) === mark) writeSetting(wipeMark, "");  // it had been done before
    const { damage } = this;
    this.damage = null;
    const bits = damage === null ? 0 : damage === "repaired" ? Opened.repaired : Opened.repaired | Opened.outboxLost;
    this.tell(ReplicaEvent.opened, bits);
    this.tabs?.announce();
  }

  private storeWiped(reopen: boolean, damage?: Damage): void {
    this.closeStore();
    if (reopen) {
      this.damage = damage ?? null;
      this.tell(ReplicaEvent.waiting, 0);
      this.openStore();
      return;
    }
    this.wiped = true;
    writeSetting(wipeMark, "");
    this.tell(ReplicaEvent.wiped, 0);
  }

  // What waits for the server should not go when the browser tidies up. Asked once there is such a thing.
  private askToPersist(): void {
    if (this.askedToPersist) return;
    this.askedToPersist = true;
    void navigator.storage.persist?.().catch(() => false);
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
    if (loss === Loss.unsupported) writeSetting(wipeMark, "");  // nothing was ever kept
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
