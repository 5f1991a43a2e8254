import type { CatalogTexts } from "@muster/shared/actions/action-texts.ts";
import i18next, { type TFunction } from "i18next";
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import { createFormats, type Formats } from "@muster/shared/i18n/formats.ts";
import { regionalLanguage } from "@muster/shared/i18n/regional.ts";
import { catalogWordsOf } from "./i18n.ts";

type Words = { t: TFunction; formats: Formats; catalog: CatalogTexts | undefined };

const WordsContext = createContext<Words | null>(null);

/**
 * Gives texts and formats of the present language to all below. One reader of i18next for the whole page: a subscription in
 * each cell of a list cost half of the time of drawing a row.
 */
export function WordsProvider({ children }: { children: ReactNode }) {
  const language = useSyncExternalStore(subscribe, () => i18next.language);
  const words = useMemo<Words>(
    () => ({
      t: i18next.getFixedT(language),
      formats: createFormats(regionalLanguage(language, navigator.languages)),
      catalog: catalogWordsOf(language),
    }),
    [language],
  );
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** Texts by their keys, and numbers and times as the language writes them. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error("useWords is only for components inside WordsProvider");
  return words;
}

export function useFormats(): Formats {
  return useWords().formats;
}

/** The words of the actions; none in English, where the definitions have them. */
export function useCatalogWords(): CatalogTexts | undefined {
  return useWords().catalog;
}

function subscribe(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}
