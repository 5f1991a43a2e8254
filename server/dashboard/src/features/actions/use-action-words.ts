import { type ActionTexts, englishTexts } from "@muster/shared/actions/action-texts.ts";
import type { ActionType } from "@muster/shared/actions/catalog.ts";
import { useCallback } from "react";
import { useCatalogWords } from "../../i18n/words.tsx";
import { definitionOf } from "./action-catalog.ts";

/** What an action, its fields and its result are called in the present language. */
export function useActionWords(): (type: ActionType) => ActionTexts {
  const translated = useCatalogWords();
  return useCallback((type) => translated?.[type] ?? englishTexts(definitionOf(type)), [translated]);
}
