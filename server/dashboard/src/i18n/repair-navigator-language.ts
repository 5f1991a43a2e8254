/**
 * Chromium under LANG=C says "en-US@posix", which is no language tag: Intl refuses it, and uPlot hands it to Intl when it is
 * imported. The page then speaks of English instead.
 */
export function repairNavigatorLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
  }
}
