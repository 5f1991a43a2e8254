import type { Counters, Throughput } from "./ports.ts";

/**
 * Makes a total that only grows, out of counters that start again, appear and vanish. A name adds what it grew by since the last
 * reading; one that is new, or of which a counter fell, adds nothing this time. Null while there is nothing to count.
 */
export function createThroughputTotal(): (counters: Counters) => Throughput | null {
  let last: Counters = new Map();
  const total: Throughput = { inBytes: 0, outBytes: 0 };
  return (counters) => {
    for (const [name, now] of counters) {
      const before = last.get(name);
      if (before === undefined || now.inBytes < before.inBytes || now.outBytes < before.outBytes) continue;
      total.inBytes += now.inBytes - before.inBytes;
      total.outBytes += now.outBytes - before.outBytes;
    }
    last = counters;
    return counters.size === 0 ? null : { ...total };
  };
}
