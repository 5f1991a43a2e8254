// Shows the offline page while the server does not answer, and push notifications. Nothing else is cached: what Muster shows must be true.
const CACHE = "muster-offline-1";
const FILES = ["offline.html", "offline.js", "offline.css", "design-tokens.css", "logo.svg"];
// The page has its own policy: that of the server's files allows no styles.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const ICONS = { critical: "logo-critical.svg", warning: "logo-warn.svg" };

const ANSWER_MS = 500;

const addressOf = (name) => new URL(name, registration.scope).href;

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((name) => new Request(addressOf(name), { cache: "no-cache" })));
}

async function removeOthers() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await clients.claim();
}

async function offlinePage() {
  const kept = await caches.match(addressOf("offline.html"));
  if (!kept) return Response.error();
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY };
  // Relative to the worker, whatever page was asked for.
  const html = (await kept.text()).replaceAll("__SCOPE__", registration.scope);
  return new Response(html, { status: 503, headers });
}

// A browser shows a message of its own for a push that shows none.
async function show({ title, body, language, tag, path, severity, isSilent, at }) {
  await registration.showNotification(title, {
    body,
    tag,
    lang: language,
    timestamp: at,
    icon: addressOf(ICONS[severity] ?? "logo.svg"),
    data: { path },
    silent: isSilent,
    // With the tag of one that is shown already, it makes a sound again.
    renotify: !isSilent,
    requireInteraction: severity === "critical",
  });
}

// Whether a page goes there by itself: one of a signed-in user answers. Its address says nothing, it is the one that it was opened with.
function follows(page, path) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener("message", () => resolve(true));
    port1.start();
    setTimeout(() => resolve(false), ANSWER_MS);
    page.postMessage({ type: "open", path }, [port2]);
  });
}

async function open(path) {
  for (const page of await clients.matchAll({ type: "window" }))
    if (await follows(page, path)) return page.focus();
  return clients.openWindow(addressOf(path.replace(/^\//, "")));
}

addEventListener("push", (event) => event.waitUntil(show(event.data.json())));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});
addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(removeOthers()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => offlinePage()));
    return;
  }
  if (!FILES.some((name) => addressOf(name) === request.url)) return;
  event.respondWith(fetch(request).catch(async () => (await caches.match(request.url)) ?? Response.error()));
});
