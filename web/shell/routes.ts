// Hash routes: "#/bookings/ABC" is "/bookings/ABC". Each history entry remembers where it was scrolled to.

import type { Wasm } from "./wasm";

interface EntryState {
  scrollY?: number;
}

export class Routes {
  private wasm: Wasm | null = null;
  private told: string | null = null;

  constructor(private readonly scrollTo: (y: number) => void, private readonly onChange: () => void) {
    history.scrollRestoration = "manual";
    window.addEventListener("popstate", (event) => this.arrived(event.state as EntryState | null));
    let pending = 0;
    document.addEventListener("scroll", () => {
      // Browsers limit how often the history may be written.
      clearTimeout(pending);
      pending = window.setTimeout(() => this.rememberScroll(), 150);
    }, { passive: true });
    window.addEventListener("pagehide", () => this.rememberScroll());
  }

  start(wasm: Wasm): void {
    this.wasm = wasm;
    this.tell();
    const scrollY = (history.state as EntryState | null)?.scrollY;
    if (scrollY !== undefined) this.scrollTo(scrollY);
  }

  go(route: string, replace: boolean): void {
    const path = route.startsWith("/") ? route : `/${route}`;
    if (path === current()) return;
    if (replace) {
      history.replaceState({}, "", `#${path}`);
    } else {
      this.rememberScroll();
      history.pushState({}, "", `#${path}`);
    }
    this.arrived(null);
  }

  private rememberScroll(): void {
    const state: EntryState = { scrollY: window.scrollY };
    history.replaceState(state, "");
  }

  // Also after a click on a link, which is a popstate without a state.
  private arrived(state: EntryState | null): void {
    if (!this.tell()) return;
    this.scrollTo(state?.scrollY ?? 0);
    this.onChange();
  }

  private tell(): boolean {
    const route = current();
    if (route === this.told || this.wasm === null) return false;
    this.told = route;
    this.wasm.give(route);
    this.wasm.exports._yuanyue_route();
    return true;
  }
}

function current(): string {
  const hash = location.hash.replace(/^#/, "");
  if (!hash.startsWith("/")) return "/";
  try {
    // As it was written: browsers keep letters beyond ASCII percent-encoded.
    return decodeURI(hash);
  } catch {
    return hash;
  }
}
