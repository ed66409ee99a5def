// A press is for what was under the pointer when it went down, also when the page has moved since: an
// answer of the server must not turn it into no press, or into one on what has come there.

import { activeAround, entryAt } from "./entry";

// A pointer that goes further has been drawn away on purpose.
const slackPx = 8;
// Within which the browser's own click follows.
const clickFollowsMs = 400;

interface Press { element: HTMLElement; x: number; y: number }

export function keepPresses(): void {
  let press: Press | null = null;
  let notBefore = 0;
  document.addEventListener("pointerdown", (event) => {
    notBefore = 0;
    const entry = event.isPrimary && event.button === 0 ? activeAround(entryAt(event.target)) : null;
    press = entry === null ? null : { element: entry.element, x: event.clientX, y: event.clientY };
  }, { passive: true });
  document.addEventListener("pointercancel", () => (press = null), { passive: true });
  document.addEventListener("pointerup", (event) => {
    const held = press;
    press = null;
    if (held === null || Math.hypot(event.clientX - held.x, event.clientY - held.y) > slackPx) return;
    if (held.element.contains(document.elementFromPoint(event.clientX, event.clientY))) return;
    notBefore = event.timeStamp + clickFollowsMs;
    if (held.element.isConnected) held.element.click();
  });
  document.addEventListener("click", (event) => {
    if (!event.isTrusted || event.detail === 0 || event.timeStamp >= notBefore) return;
    notBefore = 0;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
}
