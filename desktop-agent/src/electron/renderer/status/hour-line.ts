import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";
import type { TrayTranslations } from "../../model/translations.ts";

export type HourMetric = "score" | "cpu" | "memory" | "disk";

/** The chart line of the last hour: its path and a summary. The values are null without data. */
export type HourLine = {
  path: string;
  last: number | null;
  lowest: number | null;
  highest: number | null;
  gaps: number;
};

type Frame = { fromMs: number; untilMs: number; width: number; height: number };

const HOUR_MS = 3_600_000;
/** A gap is longer than this multiple of the median interval. */
const GAP_FACTOR = 2.5;

/** Draws one metric from `fromMs` to `untilMs` on a scale from 0 to 100, interrupted where data is missing. */
export function hourLine(points: readonly HourPoint[], metric: HourMetric, frame: Frame): HourLine {
  const known = points.flatMap((point) => {
    const value = point[metric];
    return value === null || point.atMs < frame.fromMs ? [] : [{ atMs: point.atMs, value }];
  });
  const runs = splitAtGaps(known, GAP_FACTOR * medianDistance(points));
  const values = known.map(({ value }) => value);
  return {
    path: runs.map((run) => runPath(run, frame)).join(""),
    last: values.at(-1) ?? null,
    lowest: values.length > 0 ? Math.min(...values) : null,
    highest: values.length > 0 ? Math.max(...values) : null,
    gaps: Math.max(0, runs.length - 1),
  };
}

type Known = { atMs: number; value: number };

/** The median interval between points in milliseconds, which gaps do not affect. */
function medianDistance(points: readonly HourPoint[]): number {
  const distances = points.slice(1).map(({ atMs }, index) => atMs - (points[index]?.atMs ?? atMs));
  return distances.toSorted((a, b) => a - b)[distances.length >> 1] ?? HOUR_MS;
}

function splitAtGaps(known: readonly Known[], gapMs: number): Known[][] {
  const runs: Known[][] = [];
  for (const point of known) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && point.atMs - before.atMs <= gapMs) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

function runPath(run: readonly Known[], { fromMs, untilMs, width, height }: Frame): string {
  const steps = run.map(({ atMs, value }, index) => {
    const x = round(Math.min(1, (atMs - fromMs) / (untilMs - fromMs)) * width);
    const share = Math.min(100, Math.max(0, value)) / 100;
    return `${index === 0 ? "M" : "L"}${x} ${round(height - 1 - share * (height - 2))}`;
  });
  // A single point has no length; the round line cap draws it as a dot.
  return run.length === 1 ? `${steps[0]}h0` : steps.join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * The time range of the chart. `startedAtMs` is the first point when the data covers less than the hour; the chart then starts
 * there. `hasLines` is false while there is only one point.
 */
export type HourSpan = { fromMs: number; untilMs: number; startedAtMs: number | null; hasLines: boolean };

/** A shorter range is not stretched over the whole width, where two points would look like a cliff. */
const MIN_SPAN_MS = 300_000;
/** Data that starts this soon after the start of the hour covers the hour. */
const START_TOLERANCE_MS = 120_000;

export function hourSpan(points: readonly HourPoint[], untilMs: number): HourSpan {
  const hourMs = untilMs - HOUR_MS;
  const within = points.filter(({ atMs }) => atMs >= hourMs);
  const firstMs = within[0]?.atMs ?? hourMs;
  const isWhole = firstMs - hourMs < START_TOLERANCE_MS;
  const fromMs = isWhole ? hourMs : firstMs;
  return {
    fromMs,
    untilMs: Math.max(untilMs, fromMs + MIN_SPAN_MS),
    startedAtMs: isWhole ? null : firstMs,
    hasLines: within.length > 1,
  };
}

/** The chart as a sentence for screen readers. */
export function hourSummary(
  name: string,
  { last, lowest, highest, gaps }: HourLine,
  format: (value: number) => string,
  t: TrayTranslations["t"],
): string {
  if (last === null || lowest === null || highest === null) return t("windows.status.hour.nothing", { name });
  return t("windows.status.hour.summary", {
    name,
    last: format(last),
    lowest: format(lowest),
    highest: format(highest),
    gaps: gaps === 0 ? t("windows.status.hour.noGaps") : t("windows.status.hour.gaps", { count: gaps }),
  });
}
