// Part of the page itself, before its first paint, so that a chosen colour scheme or a narrow rail does not flash.
(() => {
  const root = document.documentElement;
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage can be forbidden; the defaults are right then.
    }
  };
  const scheme = stored("muster-color-scheme");
  const isDark =
    scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");
  if (stored("muster-rail") === "narrow") root.setAttribute("data-narrow-rail", "");
  // A style sheet that the page itself links would delay the frame. In the head it stays before those that are loaded later.
  for (const preload of document.querySelectorAll('link[rel="preload"][as="style"]')) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = preload.href;
    link.crossOrigin = preload.crossOrigin;
    link.dataset.start = "";
    document.head.append(link);
  }
  // The pages without a frame.
  if (/\/(login|wall|setup\/[^/]+)$/.test(location.pathname)) root.setAttribute("data-frameless", "");
})();
