import { createContext, useContext } from "react";
import type { TrayTranslations } from "../../model/translations.ts";

export const TranslationsContext = createContext<TrayTranslations | null>(null);

/** Texts by key, and formats for numbers and times of the user's region. */
export function useTranslations(): TrayTranslations {
  const translations = useContext(TranslationsContext);
  if (!translations) throw new Error("useTranslations must be used inside a started window.");
  return translations;
}
