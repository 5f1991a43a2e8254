import { statusPageDe } from "./de/status-page.messages.ts";
import { statusPageEn } from "./en/status-page.messages.ts";
import { statusPageEs } from "./es/status-page.messages.ts";
import { statusPageFr } from "./fr/status-page.messages.ts";
import { withFrenchSpacing } from "./french-spacing.ts";
import type { Language } from "./languages.ts";
import { statusPageRu } from "./ru/status-page.messages.ts";
import type { Translation } from "./translation.ts";

export type StatusPageTexts = Translation<typeof statusPageEn>;

/** The texts of public status pages. Each visitor reads another language, so all are loaded. */
export const STATUS_PAGE_TEXTS: Readonly<Record<Language, StatusPageTexts>> = {
  en: statusPageEn,
  fr: withFrenchSpacing(statusPageFr),
  es: statusPageEs,
  ru: statusPageRu,
  de: statusPageDe,
};
