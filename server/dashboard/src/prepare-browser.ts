// The page's policy forbids eval, and zod would try it, which browsers report. Set by zod's own global, because importing zod
// here would load it with every page, and before the first schema is loaded.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

// Chromium under LANG=C reports "en-US@posix", which is no language tag: Intl refuses it, and uPlot passes it to Intl when it is
// imported. Such a page is shown in English instead.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
}
