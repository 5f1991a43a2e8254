import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { appendHistory, CHART_METRICS, type HistoryWindow, RANGE_MS, type Range } from "./history-window.ts";

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
 * A device's figures over a range that ends now. The shortest range grows with each report (`lastReportAt`); longer ones, whose
 * points are averages, are read anew from time to time.
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
      // The end is asked for again with the next report, so a failure needs no word.
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
