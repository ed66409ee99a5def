// The page's end of the replica's worker.

import workerUrl from "yuanyue-replica-worker";

import { type Damage, type FromWorker, Loss, type ToWorker } from "./messages";

export interface StoreListener {
  stored(lines: Uint8Array): void;
  opened(): void;
  unavailable(loss: Loss, reason: string): void;
  wiped(reopen: boolean, damage?: Damage): void;
  written(ticket: number, keepsCommand: boolean): void;
  lost(ticket: number, loss: Loss, reason: string): void;
}

export class Store {
  private readonly worker: Worker;
  private closed = false;

  constructor(private readonly listener: StoreListener) {
    this.worker = new Worker(workerUrl, { type: "module", name: "replica" });
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (!this.closed) this.take(data);
    };
    // A worker that cannot be loaded, or that breaks where nothing catches it.
    this.worker.onerror = (event) => {
      event.preventDefault();
      if (!this.closed) this.listener.unavailable(Loss.failed, event.message ?? "no worker");
    };
  }

  open(mark: string): void {
    this.send({ kind: "open", mark });
  }

  wipe(mark: string, rest: string): void {
    this.send({ kind: "wipe", mark, rest });
  }

  write(ticket: number, lines: Uint8Array<ArrayBuffer>): void {
    this.send({ kind: "write", ticket, lines }, [lines.buffer]);
  }

  close(): void {
    this.closed = true;
    this.worker.terminate();
  }

  private send(message: ToWorker, transfer: Transferable[] = []): void {
    if (!this.closed) this.worker.postMessage(message, transfer);
  }

  private take(message: FromWorker): void {
    const { listener } = this;
    switch (message.kind) {
      case "stored": return listener.stored(message.lines);
      case "opened": return listener.opened();
      case "unavailable": return listener.unavailable(message.loss, message.reason);
      case "wiped": return listener.wiped(message.reopen, message.damage);
      case "written": return listener.written(message.ticket, message.keepsCommand);
      case "lost": return listener.lost(message.ticket, message.loss, message.reason);
    }
  }
}
