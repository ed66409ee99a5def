// The canvas and its WebGL context, which the browser may take away and give back at any time.

import type { Frames } from "./frames";
import type { Wasm } from "./wasm";

export function watchContext(canvas: HTMLCanvasElement, wasm: Wasm, frames: Frames): void {
  canvas.addEventListener("webglcontextlost", (event) => {
    // Without this it would not come back.
    event.preventDefault();
    frames.setLost(true);
  });
  canvas.addEventListener("webglcontextrestored", () => {
    wasm.exports._yuanyue_context_restored();
    frames.setLost(false);
  });
}

// Whether it can really be had shows when C++ makes the context; trying it out beforehand takes long.
export function mayHaveWebGl2(): boolean {
  return typeof WebGL2RenderingContext === "function";
}
