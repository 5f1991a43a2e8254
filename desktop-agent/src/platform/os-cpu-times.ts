import type { CpuInfo } from "node:os";
import type { CpuTimes } from "./ports.ts";

/** Sums what `os.cpus()` tells of all cores, in milliseconds; undefined when it tells nothing. */
export function sumCpuTimes(cpus: readonly Pick<CpuInfo, "times">[]): CpuTimes | undefined {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  const total = busy + idle;
  return Number.isFinite(total) && total > 0 ? { busy, total } : undefined;
}
