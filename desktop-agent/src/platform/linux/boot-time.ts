import { parseCount } from "../reading-values.ts";
import { parseProcessStart } from "./parse-process-start.ts";
import type { SystemFiles } from "./system-files.ts";

// Fixed by the kernel for everything it shows to programs.
const TICKS_PER_SECOND = 100;

/** When the kernel started, or the container's first process, in epoch milliseconds. */
export function readBootTime(files: SystemFiles, isContainer: boolean): number | undefined {
  const seconds = parseCount(/^btime (\d{1,11})$/m.exec(files.read("/proc/stat") ?? "")?.[1]);
  // 0: the clock was not set yet.
  if (seconds === undefined || seconds === 0) return undefined;
  const ticks = isContainer ? parseProcessStart(files.read("/proc/1/stat") ?? "") : 0;
  return Math.round((seconds + (ticks ?? 0) / TICKS_PER_SECOND) * 1000);
}
