// Shows the offline page while the server does not answer, and push messages. Nothing else is cached: what Muster shows must be true.
const CACHE = "muster-offline-1";
const FILES = ["offline.html", "offline.js", "offline.css", "design-tokens.css", "logo.svg"];
// The page has its own policy: that of the server's files allows no styles.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const ICONS = { critical: "logo-critical.svg", warning: "logo-warn.svg" };

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
async function show({ title, body, language, tag, path, severity, at }) {
  const isOpen = severity !== null;
  await registration.showNotification(title, {
    body,
    tag,
    lang: language,
    timestamp: at,
    icon: addressOf(ICONS[severity] ?? "logo.svg"),
    data: { path },
    // The end of an alarm takes the place of its beginning without a sound.
    silent: !isOpen,
    renotify: isOpen,
    requireInteraction: severity === "critical",
  });
}

// A page that is open shows it, so that what is entered in others stays.
async function open(path) {
  const address = new URL(path.replace(/^\//, ""), registration.scope).href;
  const [page] = await clients.matchAll({ type: "window" });
  if (!page) return clients.openWindow(address);
  page.postMessage({ type: "open", path });
  return page.focus();
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
