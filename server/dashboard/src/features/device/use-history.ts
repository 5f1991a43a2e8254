import type { LabelledHistory } from "@muster/shared/contracts/history.ts";
import type { InstanceKind, MetricName } from "@muster/shared/contracts/metric.ts";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { readActions } from "../../api/action-calls.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useLive } from "../../api/stream/live.tsx";
import { appendHistory, type HistoryWindow } from "./history-window.ts";

const REFRESH_MS: Record<Range, number | false> = {
  "1h": false,
  "24h": 60_000,
  "7d": 300_000,
  "30d": 900_000,
  "1y": 3_600_000,
};

type ReadInput = { id: string; metrics: readonly MetricName[]; fromMs: number; toMs: number };

function readHistory({ id, metrics, fromMs, toMs }: ReadInput, signal: AbortSignal) {
  return callApi("history", paths.history(id), {
    query: {
      metrics: metrics.join(","),
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    },
    signal,
  });
}

/** What a device's charts are about. */
export type HistoryOf = { id: string; range: Range; lastReportAt: string | null };

/**
 * Metrics of a device over a range that ends now. The shortest range grows with each report (`lastReportAt`); longer ones, whose
 * points are averages, are read again from time to time. `metrics` is a constant.
 */
export function useHistory({ id, range, lastReportAt }: HistoryOf, metrics: readonly MetricName[]) {
  const queryClient = useQueryClient();
  const result = useQuery({
    queryKey: ["history", id, range, metrics],
    queryFn: async ({ signal }): Promise<HistoryWindow> => {
      const toMs = Date.now();
      const fromMs = toMs - RANGE_MS[range];
      return { fromMs, toMs, history: await readHistory({ id, metrics, fromMs, toMs }, signal) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS[range],
  });

  useEffect(() => {
    const key = ["history", id, range, metrics];
    const known = queryClient.getQueryData<HistoryWindow>(key);
    if (range !== "1h" || lastReportAt === null || !known) return;
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
  }, [id, range, lastReportAt, metrics, queryClient]);
  return result;
}

/** The key of an instance's line in a chart. */
export function seriesKey(metric: string, instance: number): string {
  return `${metric} ${instance}`;
}

type LabelledWindow = HistoryWindow & Pick<LabelledHistory, "instances" | "isLimited">;

/** The labelled series of one kind over a range that ends now: of the given instances, or of those that the server chooses. */
export function useLabelledHistory(
  { id, range, lastReportAt }: HistoryOf,
  kind: InstanceKind,
  instances: readonly number[] | null,
) {
  return useQuery({
    // The shortest range is read again with each report.
    queryKey: ["labelled-history", id, range, kind, instances, range === "1h" ? lastReportAt : null],
    queryFn: async ({ signal }): Promise<LabelledWindow> => {
      const toMs = Date.now();
      const fromMs = toMs - RANGE_MS[range];
      const { resolution, times, series, ...rest } = await callApi(
        "labelledHistory",
        paths.labelledHistory(id),
        {
          query: {
            kind,
            from: new Date(fromMs).toISOString(),
            to: new Date(toMs).toISOString(),
            instances: instances?.join(","),
          },
          signal,
        },
      );
      const byKey = series.map(({ metric, instance, ...line }) => [seriesKey(metric, instance), line]);
      return { fromMs, toMs, history: { resolution, times, series: Object.fromEntries(byKey) }, ...rest };
    },
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS[range],
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

export const RANGES = ["1h", "24h", "7d", "30d", "1y"] as const;
export type Range = (typeof RANGES)[number];

const HOUR_MS = 3_600_000;
export const RANGE_MS: Record<Range, number> = {
  "1h": HOUR_MS,
  "24h": 24 * HOUR_MS,
  "7d": 7 * 24 * HOUR_MS,
  "30d": 30 * 24 * HOUR_MS,
  "1y": 365 * 24 * HOUR_MS,
};
