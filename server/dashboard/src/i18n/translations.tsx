import type { CatalogTexts } from "@muster/shared/actions/action-texts.ts";
import i18next, { type TFunction } from "i18next";
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import { createFormats, type Formats } from "@muster/shared/i18n/formats.ts";
import { regionalLanguage } from "@muster/shared/i18n/regional.ts";
import { catalogTextsOf } from "./i18n.ts";

type Translations = { t: TFunction; formats: Formats; catalog: CatalogTexts | undefined };

const TranslationsContext = createContext<Translations | null>(null);

/**
 * Gives texts and formats of the present language to all below. One reader of i18next for the whole page: a subscription in
 * each cell of a list cost half of the time of drawing a row.
 */
export function TranslationsProvider({ children }: { children: ReactNode }) {
  const language = useSyncExternalStore(subscribe, () => i18next.language);
  const texts = useMemo<Translations>(
    () => ({
      t: i18next.getFixedT(language),
      formats: createFormats(regionalLanguage(language, navigator.languages)),
      catalog: catalogTextsOf(language),
    }),
    [language],
  );
  return <TranslationsContext value={texts}>{children}</TranslationsContext>;
}

/** Texts by their keys, and numbers and times as the language writes them. */
export function useTranslations(): Translations {
  const texts = useContext(TranslationsContext);
  if (!texts) throw new Error("useTranslations is only for components inside TranslationsProvider");
  return texts;
}

export function useFormats(): Formats {
  return useTranslations().formats;
}

/** The texts of the actions; none in English, where the definitions have them. */
export function useCatalogTexts(): CatalogTexts | undefined {
  return useTranslations().catalog;
}

function subscribe(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}
