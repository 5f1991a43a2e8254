import { createFormats, type Formats } from "@muster/shared/i18n/formats.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { loadTrayMessages } from "@muster/shared/i18n/tray-languages.ts";
import { createInstance, type FormatterModule, type TFunction } from "i18next";

/** Texts by their keys, and numbers and times as the person's region writes them. */
export type TrayWords = { t: TFunction; formats: Formats };

/** @param locale BCP 47 tag by which numbers and times are written */
export async function createWords(language: Language, locale: string): Promise<TrayWords> {
  const texts = createInstance();
  const formats = createFormats(locale);
  await texts.use(countFormatter(formats)).init({
    lng: language,
    fallbackLng: false,
    ns: "muster",
    defaultNS: "muster",
    resources: { [language]: { muster: await loadTrayMessages(language) } },
    interpolation: { escapeValue: false, alwaysFormat: true },
  });
  return { t: texts.getFixedT(language), formats };
}

/** Writes numbers in texts as the region does, and leaves everything else as it is. */
function countFormatter({ whole }: Formats): FormatterModule {
  return {
    type: "formatter",
    init: () => undefined,
    add: () => undefined,
    addCached: () => undefined,
    format: (value) => (typeof value === "number" ? whole(value) : value),
  };
}
