import type { AlarmTexts } from "@muster/shared/alarms/alarm-text.ts";
import type { CatalogTexts } from "@muster/shared/actions/action-texts.ts";
import { loadCatalogTexts } from "@muster/shared/i18n/catalog-texts.ts";
import { chooseLanguage, isLanguage, type Language, loadMessages } from "@muster/shared/i18n/languages.ts";
import type { Messages } from "@muster/shared/i18n/messages.ts";
import i18next, { type FormatterModule } from "i18next";
import { readStored, writeStored } from "../ui/browser-storage.ts";

const STORAGE_KEY = "muster-language";
const numberFormats = new Map<string, Intl.NumberFormat>();
/** Numbers in texts are grouped as the language does: 10,001 and 10.001. */
const numberFormatter: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format(value: unknown, _format, language = "en") {
    if (typeof value === "number") return numberFormat(language).format(value);
    return typeof value === "string" ? value : "";
  },
};
const alarmTexts = new Map<string, AlarmTexts>();
const catalogs = new Map<string, CatalogTexts | undefined>();

/** Starts the texts in the person's language before the first render; only that language is fetched. */
export async function startI18n(): Promise<void> {
  const language = storedLanguage() ?? chooseLanguage(navigator.languages);
  await i18next.use(numberFormatter).init({
    lng: language,
    fallbackLng: false,
    ns: "muster",
    defaultNS: "muster",
    resources: { [language]: { muster: await loadTexts(language) } },
    interpolation: { escapeValue: false, alwaysFormat: true },
  });
  document.documentElement.lang = language;
}

/** Changes the language now and remembers it in this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "muster")) {
    i18next.addResourceBundle(language, "muster", await loadTexts(language));
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  writeStored(STORAGE_KEY, language);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

/** The words of the actions in a language that was started or changed to. */
export function catalogTextsOf(language: string): CatalogTexts | undefined {
  return catalogs.get(language);
}

/** The texts of which the words of an alarm are made, in a language that was started or changed to. */
export function alarmTextsOf(language: string): AlarmTexts | undefined {
  return alarmTexts.get(language.slice(0, 2));
}

function numberFormat(language: string): Intl.NumberFormat {
  const known = numberFormats.get(language) ?? new Intl.NumberFormat(language);
  numberFormats.set(language, known);
  return known;
}

async function loadTexts(language: Language): Promise<Messages> {
  const [messages, catalog] = await Promise.all([loadMessages(language), loadCatalogTexts(language)]);
  catalogs.set(language, catalog);
  alarmTexts.set(language, messages.alarms);
  return messages;
}

function storedLanguage(): Language | null {
  const stored = readStored(STORAGE_KEY);
  return stored !== null && isLanguage(stored) ? stored : null;
}
