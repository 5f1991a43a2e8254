import type { Resolution } from "@muster/shared/contracts/history.ts";
import type { Span } from "./chart-view.ts";

type Column = (number | null)[];
type Series = { avg: Column; min?: Column | undefined; max?: Column | undefined };

/** What charts draw, by the keys of their lines. */
export type ChartHistory = {
  resolution: Resolution;
  times: number[];
  series: Readonly<Record<string, Series | undefined>>;
};

/** A history and the span of time that is drawn; without values the span is drawn empty. */
export type HistoryWindow = Span & { history: ChartHistory };

/**
 * Puts newer points behind a history and drops what left the span. Both must have the same resolution; otherwise, and where the
 * newer part overlaps, the newer part wins.
 */
export function appendHistory(known: HistoryWindow, newer: ChartHistory, nowMs: number): HistoryWindow {
  const spanMs = known.toMs - known.fromMs;
  const fromMs = nowMs - spanMs;
  const firstNew = newer.times[0] ?? Number.POSITIVE_INFINITY;
  const kept = known.history.times
    .map((time, index) => ({ time, index }))
    .filter(({ time }) => time >= fromMs && time < firstNew);
  const join = (old: Column | undefined, added: Column | undefined): Column => [
    ...kept.map(({ index }) => old?.[index] ?? null),
    ...newer.times.map((_, index) => added?.[index] ?? null),
  ];
  const keys = new Set([...Object.keys(known.history.series), ...Object.keys(newer.series)]);
  const series: Record<string, Series> = {};
  for (const key of keys) {
    const old = known.history.series[key];
    const added = newer.series[key];
    series[key] = {
      avg: join(old?.avg, added?.avg),
      ...(old?.min || added?.min ? { min: join(old?.min, added?.min) } : {}),
      ...(old?.max || added?.max ? { max: join(old?.max, added?.max) } : {}),
    };
  }
  return {
    fromMs,
    toMs: nowMs,
    history: {
      resolution: known.history.resolution,
      times: [...kept.map(({ time }) => time), ...newer.times],
      series,
    },
  };
}

type SeriesSummary = { last: number; avg: number; min: number; max: number; gaps: number };

/** The text alternative of a line; null when it has no value. A gap is a run of missing values between two known ones. */
export function summarize(history: ChartHistory, key: string): SeriesSummary | null {
  const series = history.series[key];
  const known = (column: Column | undefined) => (column ?? []).filter((value) => value !== null);
  const averages = known(series?.avg);
  const last = averages.at(-1);
  if (!series || last === undefined) return null;
  const lows = known(series.min ?? series.avg);
  const highs = known(series.max ?? series.avg);
  const firstKnown = series.avg.findIndex((value) => value !== null);
  const lastKnown = series.avg.findLastIndex((value) => value !== null);
  const gaps = series.avg
    .slice(firstKnown, lastKnown + 1)
    .filter((value, index, all) => value === null && all[index - 1] !== null).length;
  return {
    last,
    avg: averages.reduce((sum, value) => sum + value, 0) / averages.length,
    min: lows.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    max: highs.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    gaps,
  };
}

/** The values that a device has now, by metric. */
export type CurrentValues = Readonly<Record<string, number | undefined>>;

/**
 * What is shown as the newest value of a line: the value of now where it is known, otherwise the last one that is drawn. Over a long span
 * that is the average of hours or a day, and must not be called the present value.
 */
export function newestValue(
  current: CurrentValues,
  key: string,
  drawn: number,
): { value: number; isNow: boolean } {
  const now = current[key];
  return now === undefined ? { value: drawn, isNow: false } : { value: now, isNow: true };
}

/** A history as rows of its times, as ISO 8601 in UTC, and averages. Rows that only break a line are left out. */
export function historyRows(
  { times, series }: ChartHistory,
  keys: readonly string[],
): (string | number | null)[][] {
  return times.flatMap((time, index) => {
    const values = keys.map((key) => series[key]?.avg[index] ?? null);
    return values.every((value) => value === null) ? [] : [[new Date(time).toISOString(), ...values]];
  });
}

/** The value of a line at the time that is nearest to `timeMs`, if that is within `withinMs`. */
export function valueAt(
  { times, series }: ChartHistory,
  key: string,
  timeMs: number,
  withinMs: number,
): number | null {
  const after = times.findIndex((time) => time >= timeMs);
  const candidates = after < 0 ? [times.length - 1] : [after - 1, after];
  const distance = (index: number) => Math.abs((times[index] ?? Number.POSITIVE_INFINITY) - timeMs);
  const [nearest = -1] = candidates.toSorted((one, other) => distance(one) - distance(other));
  return distance(nearest) <= withinMs ? (series[key]?.avg[nearest] ?? null) : null;
}
