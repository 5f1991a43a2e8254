import type { Throughput } from "../platform/ports.ts";

/** Bytes per second. */
export type ThroughputRate = { in: number; out: number };

/**
 * Makes a meter of bytes per second between two readings. Undefined for the first reading, when no time passed, and when a
 * counter fell because it started again.
 */
export function createThroughputRate(): (
  monotonicMs: number,
  reading: Throughput,
) => ThroughputRate | undefined {
  let last: { monotonicMs: number; reading: Throughput } | undefined;
  return (monotonicMs, reading) => {
    const before = last;
    last = { monotonicMs, reading };
    if (before === undefined) return undefined;
    const seconds = (monotonicMs - before.monotonicMs) / 1000;
    const inBytes = reading.inBytes - before.reading.inBytes;
    const outBytes = reading.outBytes - before.reading.outBytes;
    if (!(seconds > 0) || !(inBytes >= 0) || !(outBytes >= 0)) return undefined;
    return { in: inBytes / seconds, out: outBytes / seconds };
  };
}
