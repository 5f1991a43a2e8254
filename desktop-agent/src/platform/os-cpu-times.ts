import type { CpuInfo } from "node:os";
import type { CpuTimes } from "./ports.ts";

/** The sum of `os.cpus()` over all cores, in milliseconds; undefined when it is empty. */
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
