import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";
import type { TrayWords } from "../../model/words.ts";

export type HourMetric = "score" | "cpu" | "memory" | "disk";

/** A line of the last hour: its path, and what it says. Figures are null when there is none. */
export type HourLine = {
  path: string;
  last: number | null;
  lowest: number | null;
  highest: number | null;
  gaps: number;
};

type Frame = { fromMs: number; untilMs: number; width: number; height: number };

const HOUR_MS = 3_600_000;
/** A distance of this many usual ones is a gap. */
const GAP_FACTOR = 2.5;

/** Draws one figure from `fromMs` to `untilMs` on a scale of 0 to 100. Where figures are missing the pen is lifted. */
export function hourLine(points: readonly HourPoint[], metric: HourMetric, frame: Frame): HourLine {
  const known = points.flatMap((point) => {
    const value = point[metric];
    return value === null || point.atMs < frame.fromMs ? [] : [{ atMs: point.atMs, value }];
  });
  const runs = splitAtGaps(known, GAP_FACTOR * usualDistance(points));
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

/** The median distance between neighbours, in milliseconds: gaps do not move it. */
function usualDistance(points: readonly HourPoint[]): number {
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
  // A lone point has no length, and a round cap draws it as a dot.
  return run.length === 1 ? `${steps[0]}h0` : steps.join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * From when to when the lines of the last hour go. `startedAtMs` is their first figure when it is younger than the hour: they
 * begin there then and grow to the right, and while there is but one figure `hasLines` is false.
 */
export type HourSpan = { fromMs: number; untilMs: number; startedAtMs: number | null; hasLines: boolean };

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

/** A line of the last hour as a sentence, for who does not see it. */
export function hourText(
  name: string,
  { last, lowest, highest, gaps }: HourLine,
  word: (value: number) => string,
  t: TrayWords["t"],
): string {
  if (last === null || lowest === null || highest === null) return t("windows.status.hour.nothing", { name });
  return t("windows.status.hour.summary", {
    name,
    last: word(last),
    lowest: word(lowest),
    highest: word(highest),
    gaps: gaps === 0 ? t("windows.status.hour.noGaps") : t("windows.status.hour.gaps", { count: gaps }),
  });
}
