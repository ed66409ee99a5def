// Small settings in localStorage, which may be missing or full: then they last as long as the page.

const prefix = "yuanyue.";
const fallback = new Map<string, string>();

export function readSetting(key: string): string {
  try {
    return localStorage.getItem(prefix + key) ?? fallback.get(key) ?? "";
  } catch {
    return fallback.get(key) ?? "";
  }
}

export function writeSetting(key: string, value: string): void {
  fallback.set(key, value);
  try {
    if (value === "") localStorage.removeItem(prefix + key);  // works without room, too
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Kept in memory above.
  }
}

// Another tab has changed one, or may have while this page slept.
export function watchSettings(changed: () => void): void {
  window.addEventListener("storage", ({ key }) => {
    if (key === null || key.startsWith(prefix)) changed();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) changed();
  });
  document.addEventListener("resume", changed);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") changed();
  });
}
