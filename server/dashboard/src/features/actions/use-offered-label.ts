import { useCallback } from "react";
import { useCatalogWords } from "../../i18n/words.tsx";
import type { OfferedAction } from "./action-catalog.ts";

/**
 * What an offered action is called in the present language. Apart from `useActionWords`, which reads the catalog and would so bring it,
 * and zod, into the first page.
 */
export function useOfferedLabel(): (offered: OfferedAction) => string {
  const translated = useCatalogWords();
  return useCallback(({ type, definition }) => translated?.[type].label ?? definition.label, [translated]);
}
