import type { Wording } from "@muster/shared/actions/define-action.ts";
import { chooseLanguage } from "@muster/shared/i18n/languages.ts";
import { useFormats } from "../../i18n/words.tsx";

/** The catalog's own words in the present language. */
export function useWording(): (wording: Wording) => string {
  const { language } = useFormats();
  return (wording) => wording[chooseLanguage([language])];
}
