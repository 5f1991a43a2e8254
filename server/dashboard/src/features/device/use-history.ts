import type { LabelledHistory } from "@muster/shared/contracts/history.ts";
import type { InstanceKind, MetricName } from "@muster/shared/contracts/metric.ts";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { readActions } from "../../api/action-calls.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useLive } from "../../api/stream/live.tsx";
import { type ChartView, type Range, type Span, spanOf } from "./chart-view.ts";
import { appendHistory, type HistoryWindow } from "./history-window.ts";

const REFRESH_MS: Record<Range, number | false> = {
  "1h": false,
  "24h": 60_000,
  "7d": 300_000,
  "30d": 900_000,
  "1y": 3_600_000,
};

/** What a device's charts are about. `shiftMs` moves the period into the past, for a comparison. */
export type HistoryOf = {
  id: string;
  period: ChartView["period"];
  lastReportAt: string | null;
  shiftMs: number;
};

type ReadInput = Span & { id: string; metrics: readonly MetricName[] };

function readHistory({ id, metrics, fromMs, toMs }: ReadInput, signal: AbortSignal) {
  return callApi("history", paths.history(id), {
    query: { metrics: metrics.join(","), ...rangeQuery({ fromMs, toMs }) },
    signal,
  });
}

function rangeQuery({ fromMs, toMs }: Span) {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

function refreshOf({ period, shiftMs }: HistoryOf): number | false {
  if (typeof period !== "string") return false;
  return shiftMs > 0 && period === "1h" ? REFRESH_MS["24h"] : REFRESH_MS[period];
}

function shiftedSpan({ period, shiftMs }: HistoryOf): Span {
  const { fromMs, toMs } = spanOf(period, Date.now());
  return { fromMs: fromMs - shiftMs, toMs: toMs - shiftMs };
}

/**
 * Metrics of a device over a period. A range of an hour grows with each report (`lastReportAt`); longer ones, whose points are
 * averages, are read again from time to time. `metrics` is a constant.
 */
export function useHistory(of: HistoryOf, metrics: readonly MetricName[], isEnabled = true) {
  const { id, period, lastReportAt, shiftMs } = of;
  const queryClient = useQueryClient();
  const key = useMemo(() => ["history", id, period, shiftMs, metrics], [id, period, shiftMs, metrics]);
  const result = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<HistoryWindow> => {
      const span = shiftedSpan(of);
      return { ...span, history: await readHistory({ id, metrics, ...span }, signal) };
    },
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    refetchInterval: refreshOf(of),
  });

  useEffect(() => {
    const known = queryClient.getQueryData<HistoryWindow>(key);
    if (!isEnabled || period !== "1h" || shiftMs > 0 || lastReportAt === null || !known) return;
    const lastMs = known.history.times.at(-1) ?? known.fromMs;
    if (Date.parse(lastReportAt) <= lastMs) return;
    const controller = new AbortController();
    const append = async () => {
      const input = { id, metrics, fromMs: lastMs + 1, toMs: Date.now() };
      const newer = await readHistory(input, controller.signal).catch(() => null);
      // The next report requests the end again, so a failure is not shown.
      if (newer === null || controller.signal.aborted) return;
      queryClient.setQueryData<HistoryWindow>(
        key,
        (window) => window && appendHistory(window, newer, Date.now()),
      );
    };
    void append();
    return () => controller.abort();
  }, [isEnabled, id, period, shiftMs, lastReportAt, metrics, key, queryClient]);
  return result;
}

/** The key of an instance's line in a chart. */
export function seriesKey(metric: string, instance: number): string {
  return `${metric} ${instance}`;
}

type LabelledWindow = HistoryWindow & Pick<LabelledHistory, "instances" | "isLimited">;

/** The labelled series of one kind over a period: of the given instances, or of those that the server chooses. */
export function useLabelledHistory(
  of: HistoryOf,
  kind: InstanceKind,
  instances: readonly number[] | null,
  isEnabled = true,
) {
  const { id, period, lastReportAt, shiftMs } = of;
  // An hour is read again with each report.
  const version = period === "1h" && shiftMs === 0 ? lastReportAt : null;
  return useQuery({
    queryKey: ["labelled-history", id, period, shiftMs, kind, instances, version],
    queryFn: async ({ signal }): Promise<LabelledWindow> => {
      const span = shiftedSpan(of);
      const query = { kind, ...rangeQuery(span), instances: instances?.join(",") };
      const answer = await callApi("labelledHistory", paths.labelledHistory(id), { query, signal });
      const { resolution, times, series, ...rest } = answer;
      const byKey = series.map(({ metric, instance, ...line }) => [seriesKey(metric, instance), line]);
      return { ...span, history: { resolution, times, series: Object.fromEntries(byKey) }, ...rest };
    },
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    refetchInterval: refreshOf(of),
  });
}

const NEWEST = 200;

/** When the newest actions of this device were requested, epoch milliseconds, for marks on a time axis. */
export function useActionMarks(deviceId: string): readonly number[] {
  const { listen } = useLive();
  const { data, refetch } = useQuery({
    queryKey: ["action-marks", deviceId],
    queryFn: ({ signal }) => readActions({ deviceId }, { limit: NEWEST, signal }),
  });
  useEffect(() => listen({ onActions: () => void refetch() }), [listen, refetch]);
  return useMemo(() => (data?.items ?? []).map(({ askedAt }) => Date.parse(askedAt)), [data]);
}
