// The C++ module as the shell sees it: its exported functions and its memory.

export interface Exports {
  _yuanyue_scratch(size: number): number;
  _yuanyue_frame(): void;
  _yuanyue_frame_took(cpuMs: number): void;
  _yuanyue_context_restored(): void;
  _yuanyue_viewport(
    width: number, height: number, pixelRatio: number, widthPixels: number, heightPixels: number,
    safeTop: number, safeBottom: number): void;
  _yuanyue_scroll(y: number): void;
  _yuanyue_pointer(x: number, y: number, present: boolean): void;
  _yuanyue_preferences(
    dark: boolean, highContrast: boolean, reducedMotion: boolean, coarsePointer: boolean,
    textScale: number): void;
  _yuanyue_event(kind: EventKind, id: number, key: number): void;
  _yuanyue_focus(id: number, visible: boolean): void;
  _yuanyue_composing(id: number): void;
  _yuanyue_pointed(hovered: number, pressed: number): void;
  _yuanyue_scrolled(id: number, left: number, top: number): void;
  _yuanyue_route(): void;
  _yuanyue_update_ready(): void;
  _yuanyue_settings_changed(): void;
  _yuanyue_http_done(request: number, status: number, retryAfterMs: number): void;
  _yuanyue_timer_fired(timer: number): void;
  _yuanyue_replica(event: number, number: number): void;
}

// The numbers are those of web/bridge/semantics_events.cpp.
export const enum EventKind { activate, text, submit, option, dismiss, key }

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Wasm {
  constructor(readonly exports: Exports, private readonly heap: () => Uint8Array<ArrayBuffer>) {}

  bytes(address: number, size: number): Uint8Array<ArrayBuffer> {
    return this.heap().subarray(address >>> 0, (address >>> 0) + size);
  }

  text(address: number, size: number): string {
    return size === 0 ? "" : decoder.decode(this.bytes(address, size));
  }

  int32(address: number, count: number): Int32Array {
    const heap = this.heap();
    return new Int32Array(heap.buffer, heap.byteOffset + (address >>> 0), count);
  }

  // Leaves the text where the exported function that is called next looks for it.
  give(text: string): void {
    // A lone surrogate (half a typed character) has no UTF-8; encode() makes it U+FFFD.
    this.giveBytes(encoder.encode(text));
  }

  giveBytes(bytes: Uint8Array): void {
    const address = this.exports._yuanyue_scratch(bytes.length);
    this.bytes(address, bytes.length).set(bytes);
  }
}
