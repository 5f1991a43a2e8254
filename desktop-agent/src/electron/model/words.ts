import { createFormats, type Formats } from "@muster/shared/i18n/formats.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { loadTrayMessages } from "@muster/shared/i18n/tray-languages.ts";
import { createInstance, type TFunction } from "i18next";

/** Texts by their keys, and numbers and times as the person's region writes them. */
export type TrayWords = { t: TFunction; formats: Formats };

/** @param locale BCP 47 tag by which numbers and times are written */
export async function createWords(language: Language, locale: string): Promise<TrayWords> {
  const texts = createInstance();
  await texts.init({
    lng: language,
    fallbackLng: false,
    ns: "muster",
    defaultNS: "muster",
    resources: { [language]: { muster: await loadTrayMessages(language) } },
    interpolation: { escapeValue: false },
  });
  return { t: texts.getFixedT(language), formats: createFormats(locale) };
}
