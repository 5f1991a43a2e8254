import type { DeviceFacts } from "@muster/shared/contracts/report.ts";

/** Facts without a column of their own: only shown, never searched or ordered by. */
export type StoredFacts = {
  diskMount: string | null;
  hungFileSystems: string[];
  skipped: { collector: string; reason: string }[];
};

export const NO_FACTS: StoredFacts = { diskMount: null, hungFileSystems: [], skipped: [] };

/**
 * The column `facts` after new ones came. They come together: what is left out could not be read and stays as it was, except that
 * without `skipped` every collector ran.
 */
export function mergeFacts(stored: string, { diskMount, hungFileSystems, skipped }: DeviceFacts): string {
  const before = readFacts(stored);
  const merged: StoredFacts = {
    diskMount: diskMount ?? before.diskMount,
    hungFileSystems: hungFileSystems ?? before.hungFileSystems,
    skipped: skipped ?? [],
  };
  return JSON.stringify(merged);
}

/** Reads the column `facts`, which `mergeFacts` wrote. */
export function readFacts(stored: string): StoredFacts {
  const facts: StoredFacts = JSON.parse(stored);
  return facts;
}
