import { useTranslation } from "react-i18next";
import { createFormats, type Formats } from "./formats.ts";

const byLanguage = new Map<string, Formats>();

/** Formats of the present language. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  const known = byLanguage.get(i18n.language);
  if (known) return known;
  const formats = createFormats(i18n.language);
  byLanguage.set(i18n.language, formats);
  return formats;
}
