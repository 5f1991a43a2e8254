import type { Sample } from "@muster/shared/contracts/metric.ts";
import { MAX_SAMPLE_LEAD_MS, MAX_SAMPLE_AGE_MS } from "@muster/shared/protocol/agent-protocol.ts";

/** A difference this large means that the clock was set; a smaller one is network delay. */
const CLOCK_STEP_MS = 10_000;
const MAX_INSTANT_MS = 8.64e15;
const SMOOTHING = 0.1;

/** Device clock minus server clock, milliseconds, after one more measurement; `before` is null for the first. */
export function updateClockOffset(before: number | null, measuredMs: number): number {
  if (before === null || Math.abs(measuredMs - before) > CLOCK_STEP_MS) return measuredMs;
  return Math.round(before + (measuredMs - before) * SMOOTHING);
}

/** An instant of the device's clock on the server's; null where that is none. */
export function toServerTime(deviceMs: number, clockOffsetMs: number): number | null {
  const at = deviceMs - clockOffsetMs;
  return at >= 0 && at <= MAX_INSTANT_MS ? at : null;
}

/**
 * Samples with their times moved to the server's clock, oldest first, without those outside -73 h and +2 min of `now`;
 * `refused` counts these.
 */
export function correctTimes(
  samples: readonly Sample[],
  clockOffsetMs: number,
  now: number,
): { samples: Sample[]; refused: number } {
  const kept: Sample[] = [];
  for (const sample of samples) {
    const at = sample.at - clockOffsetMs;
    if (at >= now - MAX_SAMPLE_AGE_MS && at <= now + MAX_SAMPLE_LEAD_MS) kept.push({ ...sample, at });
  }
  if (kept.length > 1) kept.sort((a, b) => a.at - b.at);
  return { samples: kept, refused: samples.length - kept.length };
}
