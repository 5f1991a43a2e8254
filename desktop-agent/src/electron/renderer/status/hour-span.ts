import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";

/**
 * From when to when the lines of the last hour go. `startedAtMs` is their first figure when it is younger than the hour: they
 * begin there then and grow to the right, and while there is but one figure `hasLines` is false.
 */
export type HourSpan = { fromMs: number; untilMs: number; startedAtMs: number | null; hasLines: boolean };

const HOUR_MS = 3_600_000;
/** Lines of less than this do not stretch over the whole width: two figures would look like a cliff. */
const SHORTEST_MS = 300_000;
/** A beginning this close to the hour's is the hour. */
const NEARLY_MS = 120_000;

export function hourSpan(points: readonly HourPoint[], untilMs: number): HourSpan {
  const hourMs = untilMs - HOUR_MS;
  const within = points.filter(({ atMs }) => atMs >= hourMs);
  const firstMs = within[0]?.atMs ?? hourMs;
  const isWhole = firstMs - hourMs < NEARLY_MS;
  const fromMs = isWhole ? hourMs : firstMs;
  return {
    fromMs,
    untilMs: Math.max(untilMs, fromMs + SHORTEST_MS),
    startedAtMs: isWhole ? null : firstMs,
    hasLines: within.length > 1,
  };
}
