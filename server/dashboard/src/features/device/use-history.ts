import type { History } from "@muster/shared/contracts/history.ts";
import type { MetricName } from "@muster/shared/contracts/metric.ts";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { readActions } from "../../api/action-calls.ts";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useLive } from "../../api/stream/live.tsx";

const REFRESH_MS: Record<Range, number | false> = {
  "1h": false,
  "24h": 60_000,
  "7d": 300_000,
  "30d": 900_000,
  "1y": 3_600_000,
};

function readHistory(id: string, fromMs: number, toMs: number, signal: AbortSignal) {
  return callApi("history", paths.history(id), {
    query: {
      metrics: CHART_METRICS.join(","),
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    },
    signal,
  });
}

/**
 * A device's metrics over a range that ends now. The shortest range grows with each report (`lastReportAt`); longer ones, whose
 * points are averages, are read again from time to time.
 */
export function useHistory(id: string, range: Range, lastReportAt: string | null) {
  const queryClient = useQueryClient();
  const result = useQuery({
    queryKey: ["history", id, range],
    queryFn: async ({ signal }): Promise<HistoryWindow> => {
      const toMs = Date.now();
      const fromMs = toMs - RANGE_MS[range];
      return { fromMs, toMs, history: await readHistory(id, fromMs, toMs, signal) };
    },
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS[range],
  });

  useEffect(() => {
    const key = ["history", id, range];
    const known = queryClient.getQueryData<HistoryWindow>(key);
    if (range !== "1h" || lastReportAt === null || !known) return;
    const lastMs = known.history.times.at(-1) ?? known.fromMs;
    if (Date.parse(lastReportAt) <= lastMs) return;
    const controller = new AbortController();
    const append = async () => {
      const newer = await readHistory(id, lastMs + 1, Date.now(), controller.signal).catch(() => null);
      // The next report requests the end again, so a failure is not shown.
      if (newer === null || controller.signal.aborted) return;
      queryClient.setQueryData<HistoryWindow>(
        key,
        (window) => window && appendHistory(window, newer, Date.now()),
      );
    };
    void append();
    return () => controller.abort();
  }, [id, range, lastReportAt, queryClient]);
  return result;
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

const CHART_METRICS = ["cpu", "memory", "disk", "netIn", "netOut"] as const satisfies readonly MetricName[];
export type ChartMetric = (typeof CHART_METRICS)[number];

/** A history and the span of time that is drawn, epoch milliseconds; without values the span is drawn empty. */
export type HistoryWindow = { fromMs: number; toMs: number; history: History };

type Column = (number | null)[];

/**
 * Puts newer points behind a history and drops what left the span. Both must have the same resolution; otherwise, and where the
 * newer part overlaps, the newer part wins.
 */
export function appendHistory(known: HistoryWindow, newer: History, nowMs: number): HistoryWindow {
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
  const series: History["series"] = {};
  for (const metric of CHART_METRICS) {
    const old = known.history.series[metric];
    const added = newer.series[metric];
    if (!old && !added) continue;
    series[metric] = {
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

/** The text alternative of a chart; null when it has no value. A gap is a run of missing values between two known ones. */
export function summarize(history: History, metric: ChartMetric): SeriesSummary | null {
  const series = history.series[metric];
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
