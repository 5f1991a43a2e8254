import { createFormats, type Formats } from "@muster/shared/i18n/formats.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { loadTrayMessages } from "@muster/shared/i18n/tray-languages.ts";
import { createInstance, type FormatterModule, type TFunction } from "i18next";

/** Texts by key, and formats for numbers and times of the user's region. */
export type TrayTranslations = { t: TFunction; formats: Formats };

/** @param locale BCP 47 tag for the format of numbers and times */
export async function createTranslations(language: Language, locale: string): Promise<TrayTranslations> {
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

/** Formats numbers in texts for the region; leaves other values unchanged. */
function countFormatter({ whole }: Formats): FormatterModule {
  return {
    type: "formatter",
    init: () => undefined,
    add: () => undefined,
    addCached: () => undefined,
    format: (value) => (typeof value === "number" ? whole(value) : value),
  };
}
