// Keeps the page on the device: every file of one build, loaded as a whole, so that the page opens without a network
// and never out of two builds. Requests to the server's API pass by untouched.

import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & {
  // Put in by scripts/lib/bundle.mjs: the address of each file, and a hash where the address has none.
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), {
  denylist: [/^\/api\//, /^\/healthz$/, /^\/readyz$/, /^\/static\//],
}));

// The first worker takes the page that brought it; later ones wait until a page asks for the new build.
clientsClaim();
self.addEventListener("message", (event) => {
  if (event.data === "use-new-build") void self.skipWaiting();
});
