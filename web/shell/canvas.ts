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

// Asked of another canvas, because a canvas keeps the first context that it was asked for.
export function hasWebGl2(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    if (context === null) return false;
    context.getExtension("WEBGL_lose_context")?.loseContext();
    return true;
  } catch {
    return false;
  }
}
