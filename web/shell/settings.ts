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
    localStorage.setItem(prefix + key, value);
  } catch {
    // Kept in memory above.
  }
}
