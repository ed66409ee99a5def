// One-off messages to screen readers, spoken from two live regions that are always in the page.

const clearAfterMs = 4000;

export class Announcer {
  private timer = 0;

  constructor(private readonly polite: HTMLElement, private readonly assertive: HTMLElement) {}

  say(text: string, assertive: boolean): void {
    const region = assertive ? this.assertive : this.polite;
    // The same words again would not be a change, and so not be spoken.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.polite.textContent = "";
      this.assertive.textContent = "";
    }, clearAfterMs);
  }
}
