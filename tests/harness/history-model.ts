import { METRICS, type MetricName, type Sample } from "@muster/shared/contracts/metric.ts";

export type ModelBucket = { avg: number; min: number; max: number };

/** History in the simplest form: every sample in a map by its time, everything else computed when it is requested. */
export type HistoryModel = {
  /** Takes samples in the order in which they are received; a later one of the same time replaces an earlier one. */
  receive(samples: readonly Sample[]): void;
  /** Times of [from, to), ascending. */
  times(from: number, to: number): number[];
  /** The value of the sample of that time, rounded to the metric's digits; null when it was not measured. */
  valueAt(at: number, metric: MetricName): number | null;
  /** Buckets of [from, to) in which the metric was measured, by their start. */
  buckets(metric: MetricName, stepMs: number, from: number, to: number): Map<number, ModelBucket>;
};

export function createHistoryModel(): HistoryModel {
  const samples = new Map<number, Sample>();
  let sorted: number[] | null = null;

  function times(from: number, to: number): number[] {
    sorted ??= [...samples.keys()].toSorted((one, other) => one - other);
    return sorted.filter((at) => at >= from && at < to);
  }

  /** In units of the last digit that is kept, so that sums are exact. */
  function unitsAt(at: number, metric: MetricName): number | null {
    const value = samples.get(at)?.[metric];
    return value === undefined ? null : Math.round(value / unitOf(metric));
  }

  function buckets(metric: MetricName, stepMs: number, from: number, to: number): Map<number, ModelBucket> {
    const measured = times(from, to).flatMap((at) => {
      const units = unitsAt(at, metric);
      return units === null ? [] : [{ at, units }];
    });
    const grouped = Map.groupBy(measured, ({ at }) => at - (at % stepMs));
    return new Map(
      [...grouped].map(([start, own]) => [
        start,
        bucketOf(
          own.map(({ units }) => units),
          metric,
        ),
      ]),
    );
  }

  return {
    receive(received) {
      for (const sample of received) samples.set(sample.at, sample);
      sorted = null;
    },
    times,
    valueAt(at, metric) {
      const units = unitsAt(at, metric);
      return units === null ? null : fromUnits(units, metric);
    },
    buckets,
  };
}

function bucketOf(units: readonly number[], metric: MetricName): ModelBucket {
  const sum = units.reduce((total, value) => total + value, 0);
  return {
    avg: fromUnits(Math.round(sum / units.length), metric),
    min: fromUnits(Math.min(...units), metric),
    max: fromUnits(Math.max(...units), metric),
  };
}

/** The smallest step that is kept of a metric: 0.1 for one digit, a million for minus six. */
export function unitOf(metric: MetricName): number {
  return 10 ** -METRICS[metric].digits;
}

function fromUnits(units: number, metric: MetricName): number {
  const { digits } = METRICS[metric];
  return digits > 0 ? Number((units / 10 ** digits).toFixed(digits)) : units * unitOf(metric);
}
