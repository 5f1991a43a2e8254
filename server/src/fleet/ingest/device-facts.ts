import type { DeviceFacts } from "@muster/shared/contracts/report.ts";

/** Facts without a column of their own: only shown, never searched or ordered by. */
export type StoredFacts = {
  diskMount: string | null;
  hungFileSystems: string[];
  skipped: { collector: string; reason: string }[];
};

export const NO_FACTS: StoredFacts = { diskMount: null, hungFileSystems: [], skipped: [] };

/** The column `facts` after new ones came; what a report leaves out stays as it is. */
export function mergeFacts(stored: string, { diskMount, hungFileSystems, skipped }: DeviceFacts): string {
  if (diskMount === undefined && hungFileSystems === undefined && skipped === undefined) return stored;
  const before = readFacts(stored);
  const merged: StoredFacts = {
    diskMount: diskMount ?? before.diskMount,
    hungFileSystems: hungFileSystems ?? before.hungFileSystems,
    skipped: skipped ?? before.skipped,
  };
  return JSON.stringify(merged);
}

/** Reads the column `facts`, which `mergeFacts` wrote. */
export function readFacts(stored: string): StoredFacts {
  const facts: StoredFacts = JSON.parse(stored);
  return facts;
}
