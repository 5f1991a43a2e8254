import { parseCount } from "../reading-values.ts";

const START_COLUMN_AFTER_NAME = 19;

/** Reads when a process started from /proc/PID/stat, in clock ticks since boot. */
export function parseProcessStart(stat: string): number | undefined {
  // The name stands in brackets and may hold spaces and brackets itself.
  const end = stat.lastIndexOf(")");
  if (end < 0) return undefined;
  const columns = stat.slice(end + 2).split(" ");
  return parseCount(columns[START_COLUMN_AFTER_NAME]);
}
