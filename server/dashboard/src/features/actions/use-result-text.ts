import { useWords } from "../../i18n/words.tsx";
import { resultText } from "./result-text.ts";

/** A part of a payload or a result in the present language. */
export function useResultText(): (value: unknown) => string {
  const { t, formats } = useWords();
  const words = {
    yes: t("actions.details.yes"),
    no: t("actions.details.no"),
    list: formats.list,
    pair: (value: string, detail: string) => t("actions.details.by", { value, detail }),
  };
  return (value) => resultText(value, words);
}
