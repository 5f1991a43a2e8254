import { useEffect, useRef, useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import type { Trend } from "./trend-cell.tsx";

const SETTLE_MS = 150;
const FRESH_MS = 4 * 60_000;
const AT_MOST = 100;

/** Cpu of the last hour of the devices in sight, read once scrolling has come to rest. */
export function useSparklines(ids: readonly string[]): ReadonlyMap<string, Trend> {
  const [trends, setTrends] = useState<ReadonlyMap<string, Trend>>(new Map());
  const readAt = useRef(new Map<string, number>());
  const key = ids.join(",");

  useEffect(() => {
    if (key === "") return;
    const controller = new AbortController();
    const read = async () => {
      const now = Date.now();
      const wanted = key.split(",").filter((id) => now - (readAt.current.get(id) ?? 0) > FRESH_MS);
      if (wanted.length === 0) return;
      const batch = wanted.slice(0, AT_MOST);
      const answer = await callApi("sparklines", paths.sparklines, {
        query: { ids: batch.join(",") },
        signal: controller.signal,
      }).catch(() => null);
      // Without an answer the rows stay without a line and are asked for again with the next look.
      if (answer === null || controller.signal.aborted) return;
      for (const id of batch) readAt.current.set(id, now);
      setTrends((known) => new Map([...known, ...Object.entries(answer.cpu)]));
    };
    const settled = setTimeout(() => void read(), SETTLE_MS);
    const refresh = setInterval(() => void read(), FRESH_MS / 4);
    return () => {
      clearTimeout(settled);
      clearInterval(refresh);
      controller.abort();
    };
  }, [key]);
  return trends;
}
