import { writeStored } from "../../ui/browser-storage.ts";

/** What the offline page shows, in the language of the last visit. `at` is epoch milliseconds. No names are kept, only counts. */
export type OfflineFigures = {
  language: string;
  title: string;
  text: string;
  age: string;
  retry: string;
  lines: { label: string; value: string }[];
  at: number;
};

/** `public/offline.js` reads it. */
const STORAGE_KEY = "muster-offline";

export function keepOfflineFigures(figures: OfflineFigures): void {
  writeStored(STORAGE_KEY, JSON.stringify(figures));
}

/** For signing out: nothing of the organization stays in the browser. */
export function forgetOfflineFigures(): void {
  try {
    localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Where storage is forbidden nothing was kept.
  }
}
