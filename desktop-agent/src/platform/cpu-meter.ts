import { percentOf } from "./figures.ts";

/** Time that all cores spent since start, in any unit, busy and altogether. */
export type CpuTimes = { busy: number; total: number };

/** Makes a meter of the busy share of all cores since its last reading, in percent; undefined for the first one. */
export function createCpuMeter(): (times: CpuTimes | undefined) => number | undefined {
  let last: CpuTimes | undefined;
  return (times) => {
    const before = last;
    last = times;
    if (before === undefined || times === undefined) return undefined;
    return percentOf(times.busy - before.busy, times.total - before.total);
  };
}
