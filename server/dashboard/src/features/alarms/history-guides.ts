import type { AlarmFacts } from "@muster/shared/contracts/alarm.ts";
import type { ChartGuide } from "../device/chart-guides.ts";
import type { Span } from "../device/chart-view.ts";

const DAY_MS = 86_400_000;
const MAX_DAYS_BEFORE = 28;
/** Of the span until the end, so much is shown after it. */
const AFTER_SHARE = 0.1;

/** What charts of an alarm about the history draw beside the measured values. */
export function guidesOf({ forecast, usual }: AlarmFacts): readonly ChartGuide[] {
  if (forecast && forecast.perDay > 0) {
    const { at, free, perDay } = forecast;
    const to = { atMs: at + (free / perDay) * DAY_MS, value: 0 };
    return [{ kind: "line", from: { atMs: at, value: free }, to, colour: "--critical" }];
  }
  if (usual) return [{ kind: "range", low: usual.low, high: usual.high, colour: "--ok" }];
  return [];
}

/** The history that a forecast is based on, and its end; null for an alarm without a forecast. */
export function spanOfForecast({ forecast }: AlarmFacts): Span | null {
  if (!forecast || forecast.perDay <= 0) return null;
  const { at, free, perDay, days } = forecast;
  const left = (free / perDay) * DAY_MS;
  const before = Math.min(MAX_DAYS_BEFORE, days) * DAY_MS;
  return { fromMs: at - before, toMs: at + left + AFTER_SHARE * (left + before) };
}
