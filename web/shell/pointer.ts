// The pointer, for hover and pressed looks only; acting on things is the click's business.

import type { Frames } from "./frames";
import { entryAt, isActive, isFocusable } from "./semantics/entry";
import type { Wasm } from "./wasm";

export function watchPointer(wasm: Wasm, frames: Frames): void {
  let hovered = 0;
  let pressed = 0;
  const tell = (): void => {
    wasm.exports._yuanyue_pointed(hovered, pressed);
    frames.request();
  };
  const idAt = (target: EventTarget | null): number => {
    let entry = entryAt(target);
    while (entry !== null && !isActive(entry.role) && !isFocusable(entry.role)) entry = entry.parent;
    return entry?.id ?? 0;
  };
  const moved = (event: PointerEvent): void => {
    // A finger does not hover.
    if (event.pointerType === "touch") return;
    hovered = idAt(event.target);
    wasm.exports._yuanyue_pointer(event.clientX, event.clientY, true);
    tell();
  };
  const gone = (): void => {
    hovered = pressed = 0;
    wasm.exports._yuanyue_pointer(0, 0, false);
    tell();
  };
  const options = { passive: true } as const;
  document.addEventListener("pointermove", moved, options);
  // Also when the page moves under a pointer that rests.
  document.addEventListener("pointerover", moved, options);
  document.addEventListener("pointerdown", (event) => {
    pressed = idAt(event.target);
    tell();
  }, options);
  document.addEventListener("pointerup", () => {
    pressed = 0;
    tell();
  }, options);
  document.addEventListener("pointercancel", gone, options);
  document.documentElement.addEventListener("pointerleave", gone, options);
  window.addEventListener("blur", gone);
}
