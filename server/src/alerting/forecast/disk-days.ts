import { medianOf } from "./median.ts";
import type { Point } from "./theil-sen.ts";

const DAY_MS = 86_400_000;
/** A day with fewer hours says little about its median. */
const MIN_HOURS_OF_DAY = 3;
/** Hours on each side whose medians are compared, so that one wrong value is no other size. */
const HOURS_PER_SIDE = 3;
/** What the size may differ without being another one: reserved blocks and rounding. */
const SIZE_TOLERANCE = 0.03;
/** `used` is kept with one digit. */
const USED_STEP = 0.05;

/** Hourly averages of one file system, ascending: free bytes and used percent; NaN where nothing was measured. */
export type DiskHistory = { times: Float64Array; free: Float64Array; used: Float64Array };

type Hour = Point & { used: number };

/** The hours that have values and belong to the present size of the file system. */
export function hoursOfPresentSize({ times, free, used }: DiskHistory): Hour[] {
  const hours = Array.from(times, (x, index) => ({
    x,
    y: free[index] ?? Number.NaN,
    used: used[index] ?? Number.NaN,
  })).filter(({ y, used: share }) => !Number.isNaN(y) && !Number.isNaN(share));
  let first = 0;
  for (let index = HOURS_PER_SIDE; index + HOURS_PER_SIDE <= hours.length; index += 1) {
    // Nearly all hours end here: medians are for those where the size may have changed.
    if (!differs(sizeOf(hours.slice(index - 1, index)), sizeOf(hours.slice(index, index + 1)))) continue;
    const before = sizeOf(hours.slice(index - HOURS_PER_SIDE, index));
    const after = sizeOf(hours.slice(index, index + HOURS_PER_SIDE));
    if (differs(before, after)) first = index;
  }
  return hours.slice(first);
}

type Size = { size: number; error: number };

function differs(one: Size, other: Size): boolean {
  const tolerance = Math.max(SIZE_TOLERANCE * one.size, 3 * (one.error + other.error));
  return Math.abs(other.size - one.size) > tolerance;
}

/** The size that free bytes and the used share imply, and how far rounding can move it. */
export function sizeOf(hours: readonly Hour[]): Size {
  const [only] = hours;
  const isOne = hours.length === 1 && only !== undefined;
  const used = isOne ? only.used : medianOf(hours.map((hour) => hour.used));
  const free = isOne ? only.y : medianOf(hours.map(({ y }) => y));
  const left = Math.max(100 - used, USED_STEP);
  const size = (free * 100) / left;
  return { size, error: (size * USED_STEP) / left };
}

/** The median of each day, counted back from the newest hour; `x` is in days, 0 for the newest. Daily cycles do not show in them. */
export function dailyMedians(hours: readonly Point[]): Point[] {
  const newest = hours.at(-1)?.x ?? 0;
  const days = Map.groupBy(hours, ({ x }) => -Math.floor((newest - x) / DAY_MS));
  return [...days]
    .filter(([, own]) => own.length >= MIN_HOURS_OF_DAY)
    .map(([x, own]) => ({ x, y: medianOf(own.map(({ y }) => y)) }))
    .toSorted((one, other) => one.x - other.x);
}
