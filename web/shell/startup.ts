// What stands on the page before the first frame, or instead of it. The words are in index.html.

type Failure = "unsupported" | "broken";

let failed = false;

export function startupFinished(): void {
  if (failed) return;
  document.getElementById("startup")?.remove();
  document.documentElement.classList.add("started");
}

export function startupFailed(failure: Failure): void {
  failed = true;
  document.documentElement.classList.remove("started");
  for (const id of ["semantics", "canvas"]) document.getElementById(id)?.setAttribute("hidden", "");
  for (const other of document.querySelectorAll<HTMLElement>("[data-startup]")) {
    other.hidden = other.dataset["startup"] !== failure;
  }
  const reload = document.getElementById("reload");
  reload?.addEventListener("click", () => location.reload());
}
