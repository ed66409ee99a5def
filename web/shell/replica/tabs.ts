// The tabs of one browser profile. One leads: it holds a Web Lock, and with it the replica and the
// connection to the server. The others speak to it. When it closes, the browser gives the lock to
// the next.

const lockName = "yuanyue.replica";
const channelName = "yuanyue.replica";
// A leader that has not answered for so long while this tab is looked at is asleep or stuck.
const patienceMs = 6_000;
const askEveryMs = 2_000;

export interface TabsListener {
  leading(): void;
  // Another tab leads. Told again whenever it is another one, or has begun anew.
  following(): void;
  // Nobody is known to lead: this tab has lost its lock, or is about to hear of another.
  waiting(): void;
  message(from: string, text: string): void;
}

interface Message {
  to: string;  // "": everyone
  from: string;
  kind: "who leads" | "i lead" | "are you there" | "i am here" | "text";
  text: string;
}

type Role = "none" | "waiting" | "following" | "leading";

export class Tabs {
  private readonly id = crypto.randomUUID();
  private readonly channel = new BroadcastChannel(channelName);
  private role: Role = "none";
  private leader = "";
  private release: (() => void) | null = null;
  private queue: AbortController | null = null;
  private ready = false;  // leading, and the replica is open
  private heardAt = 0;
  private watch = 0;

  constructor(private readonly listener: TabsListener) {
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => this.take(data);
    // A page that the browser puts to sleep must not keep the others waiting.
    document.addEventListener("freeze", () => this.stepDown());
    document.addEventListener("resume", () => this.join());
    window.addEventListener("pagehide", () => this.stepDown());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.join();
    });
    document.addEventListener("visibilitychange", () => this.look());
  }

  static get supported(): boolean {
    return typeof BroadcastChannel === "function" && "locks" in navigator;
  }

  join(): void {
    if (this.role !== "none") return;
    this.role = "waiting";
    this.listener.waiting();
    this.queueUp({});
    this.tell("", "who leads");
    this.watch = window.setInterval(() => this.look(), askEveryMs);
  }

  // Leading: the replica is open, or will not be. From now on others are served.
  announce(): void {
    if (this.role !== "leading") return;
    this.ready = true;
    this.tell("", "i lead");
  }

  // To the leader, or from the leader to one tab or ("") to all.
  send(to: string, text: string): void {
    if (this.role === "following") this.tell(this.leader, "text", text);
    if (this.role === "leading") this.tell(to, "text", text);
  }

  private stepDown(): void {
    if (this.role === "none") return;
    clearInterval(this.watch);
    this.queue?.abort();
    this.queue = null;
    const wasLeading = this.role === "leading";
    this.role = "none";
    this.ready = false;
    this.leader = "";
    if (wasLeading) this.listener.waiting();  // closes the replica before the lock is let go
    this.release?.();
    this.release = null;
  }

  private queueUp(options: { steal?: boolean }): void {
    this.queue?.abort();
    const queue = new AbortController();
    this.queue = queue;
    // A request that steals cannot be given up, so it must not carry a signal.
    const request = options.steal === true ? { steal: true } : { signal: queue.signal };
    navigator.locks.request(lockName, request, () => {
      if (this.queue !== queue || this.role === "none") return;  // not wanted any more
      return this.lead();
    }).catch(() => {
      // Given up, or stolen by a tab that found this one asleep.
      if (this.queue !== queue || this.role !== "leading") return;
      this.stepDown();
      this.join();
    });
  }

  private lead(): Promise<void> {
    if (this.role === "following") this.listener.waiting();
    this.role = "leading";
    this.leader = this.id;
    this.ready = false;
    const held = new Promise<void>((resolve) => (this.release = resolve));
    this.listener.leading();
    return held;
  }

  private follow(leader: string): void {
    this.role = "following";
    this.leader = leader;
    this.heardAt = performance.now();
    this.listener.following();
  }

  private take(message: Message): void {
    if (this.role === "none" || message.from === this.id) return;
    if (message.to !== "" && message.to !== this.id) return;
    if (message.from === this.leader) this.heardAt = performance.now();
    switch (message.kind) {
      case "who leads":
        if (this.ready) this.tell(message.from, "i lead");
        return;
      case "i lead":
        if (this.role === "leading") return;  // it was stolen from that one; it will hear of it
        if (message.to !== "" && this.leader === message.from) return;
        return this.follow(message.from);
      case "are you there":
        if (this.role === "leading") this.tell(message.from, this.ready ? "i lead" : "i am here");
        return;
      case "i am here":
        return;
      case "text":
        return this.listener.message(message.from, message.text);
    }
  }

  // Seen from a tab that somebody looks at: is the leader awake?
  private look(): void {
    if (document.visibilityState === "hidden") {
      this.heardAt = 0;
      return;
    }
    if (this.role !== "following" && this.role !== "waiting") return;
    const now = performance.now();
    if (this.heardAt === 0) this.heardAt = now;
    if (now - this.heardAt > patienceMs) {
      this.heardAt = now;
      this.leader = "";
      this.role = "waiting";
      this.listener.waiting();
      this.queueUp({ steal: true });
      return;
    }
    this.tell(this.leader, "are you there");
  }

  private tell(to: string, kind: Message["kind"], text = ""): void {
    const message: Message = { to, from: this.id, kind, text };
    this.channel.postMessage(message);
  }
}
