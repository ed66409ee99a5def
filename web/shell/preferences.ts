// What the user asked of the browser: colours, contrast, motion, pointer, language, text size.

import type { Wasm } from "./wasm";

const queries = {
  dark: "(prefers-color-scheme: dark)",
  contrast: "(prefers-contrast: more)",
  forced: "(forced-colors: active)",
  reducedMotion: "(prefers-reduced-motion: reduce)",
  coarse: "(pointer: coarse)",
};

export function watchPreferences(wasm: Wasm): void {
  const matches = (query: string): boolean => matchMedia(query).matches;
  const tell = (): void => {
    const textScale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
    wasm.give(navigator.language || "zh-CN");
    wasm.exports._yuanyue_preferences(
      matches(queries.dark), matches(queries.contrast) || matches(queries.forced),
      matches(queries.reducedMotion), matches(queries.coarse), textScale);
  };
  for (const query of Object.values(queries)) matchMedia(query).addEventListener("change", tell);
  window.addEventListener("languagechange", tell);
  tell();
}
