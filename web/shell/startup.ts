// What stands on the page before the first frame, or instead of it. The words are in index.html.

type Failure = "unsupported" | "broken";

let failed = false;

export function startupFinished(): void {
  if (failed) return;
  document.getElementById("startup")?.setAttribute("hidden", "");
}

export function startupFailed(failure: Failure): void {
  failed = true;
  document.getElementById("startup")?.removeAttribute("hidden");
  for (const id of ["semantics", "canvas"]) document.getElementById(id)?.setAttribute("hidden", "");
  for (const other of document.querySelectorAll<HTMLElement>("[data-startup]")) {
    other.hidden = other.dataset["startup"] !== failure;
  }
  document.getElementById("reload")?.addEventListener("click", () => location.reload());
}
