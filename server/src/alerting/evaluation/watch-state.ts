import type { AlarmEntry } from "./alarm-state.ts";

/** Of the text that a device's state holds. */
const FORMAT = 1;

/** What `writeEntries` wrote. The server alone writes it. */
export function readEntries(state: string | null): readonly AlarmEntry[] {
  if (state === null) return [];
  // oxlint-disable-next-line no-unsafe-type-assertion -- only `writeEntries` writes this column, and the format is checked
  const stored = JSON.parse(state) as { v: number; entries: readonly AlarmEntry[] };
  return stored.v === FORMAT ? stored.entries : [];
}

/** The state of a device: only what is not normal; null when nothing is. */
export function writeEntries(entries: readonly AlarmEntry[]): string | null {
  return entries.length === 0 ? null : JSON.stringify({ v: FORMAT, entries });
}
