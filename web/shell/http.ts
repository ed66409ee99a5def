// Requests to our own server, with a time limit each.

import type { Wasm } from "./wasm";

export const methods = ["GET", "POST", "DELETE"] as const;  // by bridge::HttpMethod
export type Method = (typeof methods)[number];

export class Http {
  lastAnswerMs = 0;  // what taking the last answer has cost
  private csrfToken = "";
  private readonly underWay = new Map<number, AbortController>();

  constructor(private readonly wasm: () => Wasm) {}

  setCsrfToken(token: string): void {
    this.csrfToken = token;
  }

  start(request: number, method: Method, path: string, body: string, timeoutMs: number): void {
    const controller = new AbortController();
    this.underWay.set(request, controller);
    const timeout = window.setTimeout(() => controller.abort(), timeoutMs);
    void this.send(controller.signal, method, path, body)
      .catch(() => noAnswer)
      .then((answer) => {
        clearTimeout(timeout);
        this.underWay.delete(request);
        const wasm = this.wasm();
        wasm.give(answer.body);
        const began = performance.now();
        wasm.exports._yuanyue_http_done(request, answer.status, answer.retryAfterMs);
        this.lastAnswerMs = performance.now() - began;
      });
  }

  abort(request: number): void {
    this.underWay.get(request)?.abort();
  }

  private async send(
    signal: AbortSignal, method: Method, path: string, body: string): Promise<Answer> {
    // Paths of ours only: "//host" and absolute addresses would leave the origin.
    if (!path.startsWith("/") || path.startsWith("//")) return noAnswer;
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method === "POST") headers["Content-Type"] = "application/json";
    if (this.csrfToken !== "") headers["X-Yuanyue-CSRF"] = this.csrfToken;
    const response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal,
      ...(method === "POST" ? { body } : {}),
    });
    return {
      status: response.status,
      body: await response.text(),
      retryAfterMs: retryAfterMs(response.headers.get("Retry-After")),
    };
  }
}

interface Answer {
  status: number;
  body: string;
  retryAfterMs: number;
}

const noAnswer: Answer = { status: 0, body: "", retryAfterMs: 0 };

// Seconds, or a date; anything else counts as absent.
export function retryAfterMs(header: string | null): number {
  if (header === null) return 0;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}
