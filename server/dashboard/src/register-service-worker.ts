import { basePath } from "./api/base-path.ts";

/** The worker shows a page of its own while the server does not answer. Only secure pages may have one. */
export function registerServiceWorker(): void {
  if (!("serviceWorker" in navigator)) return;
  // A browser that forbids it shows its own page instead.
  navigator.serviceWorker.register(`${basePath}/service-worker.js`).catch(() => undefined);
}
