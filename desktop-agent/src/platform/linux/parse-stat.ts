import type { CpuTimes } from "../ports.ts";
import { parseCount } from "../reading-values.ts";

const IDLE_COLUMN = 3;
const IOWAIT_COLUMN = 4;
// guest and guest_nice are part of user and nice already.
const COLUMNS_OF_TOTAL = 8;

/** Reads the line of all cores from /proc/stat, in clock ticks. Waiting for input and output is idle time. */
export function parseStat(text: string): CpuTimes | undefined {
  const line = text.match(/^cpu +(.*)$/m)?.[1];
  if (line === undefined) return undefined;
  const ticks = line.split(/ +/).slice(0, COLUMNS_OF_TOTAL).map(parseCount);
  if (ticks.length <= IDLE_COLUMN) return undefined;
  let total = 0;
  for (const value of ticks) {
    if (value === undefined) return undefined;
    total += value;
  }
  const idle = (ticks[IDLE_COLUMN] ?? 0) + (ticks[IOWAIT_COLUMN] ?? 0);
  return { busy: total - idle, total };
}
