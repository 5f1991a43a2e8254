import { writeStored } from "../../ui/browser-storage.ts";

/** What the offline page shows, in the language of the last visit. No names are kept, only counts. */
export type OfflineFigures = {
  language: string;
  title: string;
  text: string;
  age: string;
  retry: string;
  lines: { label: string; value: string }[];
};

/** `public/offline.js` reads it. */
const STORAGE_KEY = "muster-offline";

/** Keeps the figures as those of now. */
export function keepOfflineFigures(figures: OfflineFigures): void {
  writeStored(STORAGE_KEY, JSON.stringify({ ...figures, at: Date.now() }));
}

/** For signing out: nothing of the organization stays in the browser. */
export function forgetOfflineFigures(): void {
  try {
    localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Where storage is forbidden nothing was kept.
  }
}
