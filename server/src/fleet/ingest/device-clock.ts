import type { Sample } from "@muster/shared/contracts/metric.ts";
import { MAX_SAMPLE_LEAD_MS, MAX_SAMPLE_AGE_MS } from "@muster/shared/protocol/agent-protocol.ts";

/** A difference this large is no jitter of the network: the clock was set, or the report was delayed. */
const CLOCK_STEP_MS = 10_000;
const MAX_INSTANT_MS = 8.64e15;
const SMOOTHING = 0.1;

/**
 * Device clock minus server clock, milliseconds; null before the first report. `stepMs` is a step down that one live report measured and
 * the next one has to confirm.
 */
export type ClockOffset = { offsetMs: number | null; stepMs: number | null };

/**
 * The offset after a live report that measured `measuredMs`. A delay only makes a measurement smaller, so a step up is always true, and a
 * step down counts when the next live report measures one too. `isAfterGap`: the first report of the device after the server did not run or
 * hung; it may have waited all that time, so it takes no part.
 */
export function updateClockOffset(
  { offsetMs, stepMs }: ClockOffset,
  measuredMs: number,
  isAfterGap: boolean,
): { offsetMs: number; stepMs: number | null } {
  if (offsetMs === null || measuredMs - offsetMs > CLOCK_STEP_MS)
    return { offsetMs: measuredMs, stepMs: null };
  if (offsetMs - measuredMs > CLOCK_STEP_MS) {
    if (isAfterGap) return { offsetMs, stepMs };
    if (stepMs === null) return { offsetMs, stepMs: measuredMs };
    return { offsetMs: Math.max(stepMs, measuredMs), stepMs: null };
  }
  return { offsetMs: Math.round(offsetMs + (measuredMs - offsetMs) * SMOOTHING), stepMs: null };
}

/**
 * The offset after a live report that was stored before came again, with the time of this attempt: it corrects what its delayed first
 * copy measured. Null when there is nothing to correct.
 */
export function correctClockOffset(before: ClockOffset, measuredMs: number): ClockOffset | null {
  const { offsetMs, stepMs } = before;
  if (offsetMs === null) return null;
  if (measuredMs - offsetMs > CLOCK_STEP_MS) return { offsetMs: measuredMs, stepMs: null };
  return stepMs !== null && offsetMs - measuredMs <= CLOCK_STEP_MS ? { offsetMs, stepMs: null } : null;
}

/**
 * The offset that places samples of a backfill report. The report itself proves that the clock is at least `measuredMs` ahead, so that no
 * sample lands after its own report.
 */
export function backfillOffset({ offsetMs }: ClockOffset, measuredMs: number): number {
  return Math.max(offsetMs ?? measuredMs, measuredMs);
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
