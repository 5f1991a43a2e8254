import { useEffect, useRef, useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import classes from "../../ui/sparkline.module.css";

/** A share of a whole over time in percent, null for a gap; undefined until it is read. */
export type Trend = readonly (number | null)[] | undefined;

export function TrendCell({ trend }: { trend: Trend }) {
  const { t } = useTranslations();
  const formats = useFormats();
  if (trend === undefined) return null;
  const known = trend.filter((value) => value !== null);
  const label =
    known.length === 0
      ? t("fleet.row.noTrend")
      : t("fleet.row.trend", {
          min: formats.percent(Math.min(...known)),
          max: formats.percent(Math.max(...known)),
          now: formats.percent(known.at(-1) ?? 0),
        });
  return <Sparkline values={trend} label={label} />;
}

const WIDTH = 84;
const HEIGHT = 22;

/** A small line of shares of a whole (0 to 100, null for a gap), always on the same scale so that rows can be compared. */
function Sparkline({ values, label }: { values: readonly (number | null)[]; label: string }) {
  return (
    <svg
      className={classes.line}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path d={sparklinePath(values, WIDTH, HEIGHT)} />
    </svg>
  );
}

/** The path of a sparkline: a null lifts the pen, a lone value is a dot. */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const step = values.length > 1 ? (width - 2) / (values.length - 1) : 0;
  const parts: string[] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    const x = round(1 + index * step);
    const y = round(height - 1 - (Math.min(100, Math.max(0, value)) / 100) * (height - 2));
    const isStart = (values[index - 1] ?? null) === null;
    const isAlone = isStart && (values[index + 1] ?? null) === null;
    parts.push(`${isStart ? "M" : "L"}${x} ${y}${isAlone ? "h0" : ""}`);
  });
  return parts.join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const SETTLE_MS = 150;
const FRESH_MS = 4 * 60_000;
const MAX_DEVICES = 100;

/** CPU of the last hour of the visible devices, read once scrolling has stopped. */
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
      const batch = wanted.slice(0, MAX_DEVICES);
      const answer = await callApi("sparklines", paths.sparklines, {
        query: { ids: batch.join(",") },
        signal: controller.signal,
      }).catch(() => null);
      // Without an answer the rows have no line until the next read.
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
