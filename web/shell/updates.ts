// The service worker, and newer builds of the page that it has loaded. A page stays with the build that it was opened
// with until it is reloaded; reloading waits until the new build is the one that answers.

const registerAfterMs = 1000;
const lookAgainMs = 60 * 60 * 1000;
const takeOverMs = 5000;
const lookMs = 10_000;

export class Updates {
  private registration: ServiceWorkerRegistration | null = null;
  private told = false;
  private reloading = false;

  constructor(private readonly onReady: () => void) {}

  // After the first picture: loading a build for later must not delay this one.
  start(): void {
    if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
    setTimeout(() => this.register(), registerAfterMs);
  }

  private register(): void {
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then((registration?: ServiceWorkerRegistration) => {
      if (registration === undefined) return;  // what tests and some extensions put in its place
      this.registration = registration;
      this.watch(registration);
    }, (reason) => console.info("The page is not kept for offline use:", String(reason)));
  }

  async reload(): Promise<void> {
    if (this.reloading) return;
    this.reloading = true;
    try {
      await this.useNewest();
    } catch {
      // The page that is loaded then is the old one, or comes from the network.
    }
    location.reload();
  }

  private watch(registration: ServiceWorkerRegistration): void {
    this.look(registration);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => this.look(registration));
    });
    const lookAgain = (): void => {
      if (document.visibilityState === "visible") void registration.update().catch(() => undefined);
    };
    setInterval(lookAgain, lookAgainMs);
    document.addEventListener("visibilitychange", lookAgain);
    window.addEventListener("online", lookAgain);
  }

  // A worker that waits beside one at work has another build; the very first one is at work at once.
  private look(registration: ServiceWorkerRegistration): void {
    if (registration.waiting === null || registration.active === null || this.told) return;
    this.told = true;
    this.onReady();
  }

  private async useNewest(): Promise<void> {
    const { registration } = this;
    if (registration === null) return;
    if (registration.waiting === null) {
      await within(lookMs, registration.update());
      const { installing } = registration;
      if (installing !== null) await within(lookMs, settled(installing));
    }
    const { waiting } = registration;
    if (waiting === null) return;
    const tookOver = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    waiting.postMessage("use-new-build");
    await within(takeOverMs, tookOver);
  }
}

function settled(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => {
      if (worker.state !== "installing") resolve();
    });
  });
}

function within(limitMs: number, wanted: Promise<unknown>): Promise<unknown> {
  return Promise.race([wanted, new Promise((resolve) => setTimeout(resolve, limitMs))]);
}
