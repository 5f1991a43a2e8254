import { type LabelledHistory, MAX_SHOWN_INSTANCES } from "@muster/shared/contracts/history.ts";
import type { InstanceKind } from "@muster/shared/contracts/metric.ts";
import { labelledMetricsOf, MAX_INSTANCES_PER_DEVICE } from "@muster/shared/contracts/metric-table.ts";
import { compareSortKeys, naturalSortKey } from "@muster/shared/natural-order.ts";
import { toInstant } from "../../platform/instant.ts";
import type { ChartSeries } from "./chart-series.ts";
import type { HistoryDevice, HistoryService, Pauses } from "./history.service.ts";
import type { InstanceRow } from "./instances.repository.ts";
import { columnOf } from "./scaled-value.ts";

export type LabelledRequest = {
  device: HistoryDevice;
  /** All instances of the device, the one that was seen last first. */
  instances: readonly InstanceRow[];
  kind: InstanceKind;
  from: number;
  to: number;
  /** Numbers of the instances to show; undefined for the most important ones. */
  shown: readonly number[] | undefined;
};

/** Reads the labelled series of one kind. */
export async function readLabelledHistory(
  history: HistoryService,
  { device, instances, kind, from, to, shown }: LabelledRequest,
  pauses?: Pauses,
): Promise<LabelledHistory> {
  const ofKind = instances.filter((instance) => instance.kind === kind);
  const read = ofKind.map(({ number }) => number).filter((number) => shown?.includes(number) ?? true);
  const metrics = labelledMetricsOf(kind);
  const columns = new Set(
    read.flatMap((number) => metrics.map(([, { column }]) => columnOf(column, number))),
  );
  const { resolution, times, series } = await history.readColumns({ device, columns, from, to }, pauses);
  const lines = new Set(shown ? read : mostImportant(read, kind, series));
  return {
    resolution,
    times,
    instances: ofKind
      .map(({ number, name, last_seen_at }) => ({
        number,
        name,
        lastSeenAt: toInstant(last_seen_at),
        isShown: lines.has(number),
      }))
      .toSorted((one, other) => compareSortKeys(naturalSortKey(one.name), naturalSortKey(other.name))),
    isLimited: instances.length >= MAX_INSTANCES_PER_DEVICE,
    series: [...lines].flatMap((instance) =>
      metrics.flatMap(([metric, { column }]) => {
        const line = series.get(columnOf(column, instance));
        return line ? [{ instance, metric, ...line }] : [];
      }),
    ),
  };
}

/** The instances whose first metric was worst at the end, or largest where neither way is worse. One without a value is none of them. */
function mostImportant(
  numbers: readonly number[],
  kind: InstanceKind,
  series: ChartSeries["series"],
): number[] {
  const [first] = labelledMetricsOf(kind);
  if (!first) return [];
  const [, { column, worse }] = first;
  const sign = worse === "lower" ? -1 : 1;
  const rankOf = (number: number) => {
    const last = series.get(columnOf(column, number))?.avg.findLast((value) => value !== null);
    return last === undefined || last === null ? Number.NEGATIVE_INFINITY : sign * last;
  };
  return numbers
    .map((number) => ({ number, rank: rankOf(number) }))
    .filter(({ rank }) => rank !== Number.NEGATIVE_INFINITY)
    .toSorted((one, other) => other.rank - one.rank)
    .slice(0, MAX_SHOWN_INSTANCES)
    .map(({ number }) => number);
}
