import type { Clock } from "../../platform/ports.ts";

/** The server's clock as last received, continued by the time since boot, which no wall clock changes. */
export type ServerTime = {
  /** `serverMs` was true at some instant after `askedAtMs`, by the time since boot. */
  update(serverMs: number, askedAtMs: number): void;
  /** At least the server's time now, null before the first answer. */
  nowMs(): number | null;
};

export function createServerTime(clock: Pick<Clock, "sinceBootMs">): ServerTime {
  let aheadOfBootMs: number | null = null;
  return {
    update(serverMs, askedAtMs) {
      aheadOfBootMs = serverMs - askedAtMs;
    },
    nowMs: () => (aheadOfBootMs === null ? null : clock.sinceBootMs() + aheadOfBootMs),
  };
}
