// While shut, no news from the server reaches the page: it decides on what it knew.
export function add_gate(page) {
  let open_gate = () => {};
  let passed = Promise.resolve();
  return page.route("**/api/v1/pull?*", async (route) => {
    try {
      const response = await route.fetch({ timeout: 60_000 });
      await passed;
      await route.fulfill({ response });
    } catch {
      await route.abort().catch(() => {});
    }
  }).then(() => ({
    shut() { passed = new Promise((resolve) => (open_gate = resolve)); },
    open() { open_gate(); },
  }));
}
