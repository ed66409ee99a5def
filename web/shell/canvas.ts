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

// Makes the context that C++ then takes over. Starting the graphics process takes long, so it is done
// while the module is still on its way. False: this browser has no WebGL 2.
export function makeContext(canvas: HTMLCanvasElement): boolean {
  try {
    return canvas.getContext("webgl2", {
      alpha: false,
      depth: false,
      stencil: false,
      antialias: false,  // Dear ImGui smooths its own edges
      powerPreference: "low-power",
    }) !== null;
  } catch {
    return false;
  }
}
