import { uptime } from "node:os";
import type { Clock } from "./ports.ts";

const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock and timers. */
export function createSystemClock(): Clock {
  let lastSinceBootMs = 0;
  return {
    wallMs: () => Date.now(),
    sinceBootMs: () => {
      // macOS derives it from the wall clock, which may step back.
      lastSinceBootMs = Math.max(lastSinceBootMs, Math.round(uptime() * 1000));
      return lastSinceBootMs;
    },
    // Not performance.now(): its module costs 1 MiB of memory.
    monotonicMs: () => Number(process.hrtime.bigint()) / 1e6,
    after: (delayMs, run) => {
      const timer = setTimeout(run, Math.min(Math.max(0, delayMs), MAX_TIMER_MS));
      return () => clearTimeout(timer);
    },
  };
}
