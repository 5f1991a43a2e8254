/** Growing counters by the name of what they count; each entry holds the same columns in the same order. */
export type Counters = ReadonlyMap<string, readonly number[]>;

/**
 * Makes a meter that turns counters into rates per second, summed over all names, column by column.
 * A name counts only when it was there before and none of its counters fell, so that a reset, a wrap or a new interface is
 * never a negative or an absurd rate. Undefined for the first reading and when no name is left.
 */
export function createRateMeter(): (monotonicMs: number, counters: Counters) => number[] | undefined {
  let last: { monotonicMs: number; counters: Counters } | undefined;
  return (monotonicMs, counters) => {
    const before = last;
    last = { monotonicMs, counters };
    if (before === undefined || monotonicMs <= before.monotonicMs) return undefined;
    const growths = [...counters].flatMap(([name, now]) => growth(before.counters.get(name), now) ?? []);
    const [first, ...others] = growths;
    if (first === undefined) return undefined;
    const seconds = (monotonicMs - before.monotonicMs) / 1000;
    return first.map(
      (value, column) => others.reduce((sum, other) => sum + (other[column] ?? 0), value) / seconds,
    );
  };
}

function growth(before: readonly number[] | undefined, now: readonly number[]): [number[]] | undefined {
  if (before === undefined || before.length !== now.length) return undefined;
  const deltas = now.map((value, column) => value - (before[column] ?? Number.NaN));
  return deltas.every((delta) => delta >= 0) ? [deltas] : undefined;
}
