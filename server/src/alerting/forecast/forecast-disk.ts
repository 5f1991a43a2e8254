import { type DiskHistory, dailyMedians, hoursOfPresentSize, sizeOf } from "./disk-days.ts";
import { medianOf } from "./median.ts";
import { type Point, theilSen } from "./theil-sen.ts";

const DAY_MS = 86_400_000;
/** The days whose slope counts: each day of the week once, and one more. */
const RECENT_DAYS = 8;
/** Of all pairs of days, so many must fall: less is noise around a level. */
const MIN_FALLING = 0.75;
/** A change of a day that is so many times the usual one, and so much of all that changed, is a step. */
const STEP_TIMES = 4;
const STEP_SHARE = 0.3;
/** Beyond the lowest free space of earlier cycles by so much of their height, a cycle is broken. */
const BEYOND_SHARE = 0.25;
/** Of the days of a history, so many must have values: office machines are off at weekends. */
const MIN_DAYS_SHARE = 0.6;
/** Less than this share free is full: what was emptied then was no cycle, but somebody's cleaning up. */
const FULL_SHARE = 0.05;
/** Medians of so many hours are what is free now. */
const HOURS_OF_NOW = 3;

/** The last day that a forecast gives; what is farther away is not known. */
const MAX_FORECAST_DAYS = 365;

export type DiskForecast = {
  /** Until nothing is free. */
  daysLeft: number;
  /** Free bytes now. */
  free: number;
  /** Bytes that are used more each day. */
  perDay: number;
  /** Days of history that it is based on. */
  days: number;
  /** Epoch milliseconds of the newest value. */
  at: number;
  /** Of the oldest value that the slope needs. */
  from: number;
};

/**
 * When a file system will be full; null when nothing says that it will within a year, also for less than `historyDays` days of history at
 * its present size. Pure. Its cost depends on the hours that are given only.
 */
export function forecastDisk(history: DiskHistory, historyDays: number): DiskForecast | null {
  const hours = hoursOfPresentSize(history);
  const days = dailyMedians(hours);
  const [oldest] = days;
  const newest = hours.at(-1);
  if (!oldest || !newest || -oldest.x + 1 < historyDays || days.length < historyDays * MIN_DAYS_SHARE)
    return null;
  const trend = trendOf(days, sizeOf(hours.slice(-HOURS_OF_NOW)).size);
  if (trend === null) return null;
  const free = medianOf(hours.slice(-HOURS_OF_NOW).map(({ y }) => y));
  const daysLeft = free / trend.perDay;
  if (!(daysLeft <= MAX_FORECAST_DAYS)) return null;
  const { perDay } = trend;
  return {
    daysLeft,
    free,
    perDay,
    days: Math.round(-oldest.x + 1),
    at: newest.x,
    from: newest.x + trend.from * DAY_MS,
  };
}

/** How much is used more each day; null when nothing says that it goes on. */
function trendOf(days: readonly Point[], sizeBytes: number): { perDay: number; from: number } | null {
  const changes = changesOf(days);
  const usual = medianOf(changes.map(({ perDay }) => Math.abs(perDay)));
  const range = heightOf(days);
  const isLarge = (size: number) => size > STEP_TIMES * usual && size > STEP_SHARE * range;
  const emptied = changes.filter(({ perDay, size }) => perDay > 0 && isLarge(size));
  const last = emptied.at(-1);
  if (last) {
    const earlier = days.slice(0, last.index);
    const lowest = Math.min(...earlier.map(({ y }) => y));
    const now = days.at(-1)?.y ?? Number.NaN;
    const isBroken = now < lowest - BEYOND_SHARE * heightOf(earlier.slice(-RECENT_DAYS));
    const wasFull = (days[last.index - 1]?.y ?? lowest) < FULL_SHARE * sizeBytes;
    return isBroken || wasFull ? slopeOf(days.slice(last.index)) : slopeOfLows(days, emptied);
  }
  return slopeOf(withoutCopies(days, changes, isLarge));
}

type Change = {
  /** Position of the day after it. */
  index: number;
  /** Free bytes; negative for what was filled. */
  perDay: number;
  size: number;
};

function changesOf(days: readonly Point[]): Change[] {
  return days.slice(1).map(({ x, y }, position) => {
    const before = days[position] ?? { x: x - 1, y };
    return { index: position + 1, perDay: (y - before.y) / (x - before.x), size: Math.abs(y - before.y) };
  });
}

function heightOf(days: readonly Point[]): number {
  const values = days.map(({ y }) => y);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/**
 * The days as if nobody had made a single large copy: what was free before is lowered by it. A day beside another large one belongs to
 * what lasts, and the newest day may be either, so it counts as a copy until a second one follows.
 */
function withoutCopies(
  days: readonly Point[],
  changes: readonly Change[],
  isLarge: (size: number) => boolean,
): Point[] {
  const large = new Set(changes.filter(({ size }) => isLarge(size)).map(({ index }) => index));
  // A copy in the middle of a day moves the medians of that day and of the next one.
  const isSingle = (index: number) => ![-3, -2, 2, 3].some((distance) => large.has(index + distance));
  const usual = medianOf(changes.map(({ perDay }) => perDay));
  let lowered = 0;
  return days
    .toReversed()
    .map(({ x, y }, position) => {
      const index = days.length - 1 - position;
      const adjusted = { x, y: y - lowered };
      const before = days[index - 1];
      if (before && large.has(index) && isSingle(index)) {
        lowered += before.y - y + usual * (x - before.x);
      }
      return adjusted;
    })
    .toReversed();
}

function slopeOf(days: readonly Point[]): { perDay: number; from: number } | null {
  const recent = days.slice(-RECENT_DAYS);
  const [first] = recent;
  const found = recent.length < RECENT_DAYS / 2 ? null : theilSen(recent);
  if (!first || !found || found.slope >= 0 || found.falling < MIN_FALLING) return null;
  return { perDay: -found.slope, from: first.x };
}

/** The slope of what was free at the end of each cycle: what fills and empties runs out only if its lows fall. */
function slopeOfLows(
  days: readonly Point[],
  emptied: readonly Change[],
): { perDay: number; from: number } | null {
  const lows = emptied.flatMap(({ index }) => days[index - 1] ?? []);
  const [first] = lows;
  const found = lows.length < 3 ? null : theilSen(lows);
  if (!first || !found || found.slope >= 0 || found.falling < MIN_FALLING) return null;
  return { perDay: -found.slope, from: first.x };
}
