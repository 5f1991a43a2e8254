import type { CatalogTexts } from "../actions/action-texts.ts";
import { withFrenchSpacing } from "./french-spacing.ts";
import type { Language } from "./languages.ts";

/** Reads the words of the catalog of actions in a language; none for English, whose words are the definitions' own. */
export async function loadCatalogTexts(language: Language): Promise<CatalogTexts | undefined> {
  switch (language) {
    case "en":
      return undefined;
    case "fr":
      return withFrenchSpacing((await import("./fr/catalog.messages.ts")).catalogFr);
    case "es":
      return (await import("./es/catalog.messages.ts")).catalogEs;
    case "ru":
      return (await import("./ru/catalog.messages.ts")).catalogRu;
    case "de":
      return (await import("./de/catalog.messages.ts")).catalogDe;
  }
}
