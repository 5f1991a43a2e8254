import { keysOf } from "../keys-of.ts";
import { withFrenchSpacing } from "./french-spacing.ts";
import type { Messages } from "./messages.ts";

/** Languages that are complete, by their own names. */
export const LANGUAGES = {
  en: "English",
  fr: "Français",
  es: "Español",
  ru: "Русский",
  de: "Deutsch",
} as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = keysOf(LANGUAGES);

export function isLanguage(value: string): value is Language {
  return Object.hasOwn(LANGUAGES, value);
}

/** The first of the person's languages that is known; English when none is. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0] ?? "";
    if (isLanguage(base)) return base;
  }
  return "en";
}

/** Reads only the language that is asked for. */
export async function loadMessages(language: Language): Promise<Messages> {
  switch (language) {
    case "en":
      return (await import("./messages.ts")).messagesEn;
    case "fr":
      return withFrenchSpacing((await import("./messages-fr.ts")).messagesFr);
    case "es":
      return (await import("./messages-es.ts")).messagesEs;
    case "ru":
      return (await import("./messages-ru.ts")).messagesRu;
    case "de":
      return (await import("./messages-de.ts")).messagesDe;
  }
}
