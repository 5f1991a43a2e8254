import { useLocation, useSearch } from "wouter";

export const RANGES = ["1h", "24h", "7d", "30d", "1y"] as const;
export type Range = (typeof RANGES)[number];

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const RANGE_MS: Record<Range, number> = {
  "1h": HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "1y": 365 * DAY_MS,
};

/** What the charts show is shifted by this much for the comparison. */
export const COMPARISON_MS = { day: DAY_MS, week: 7 * DAY_MS } as const;
export type Comparison = keyof typeof COMPARISON_MS;

/** Groups of charts that are shown on request. */
export const CHART_GROUPS = ["disks", "interfaces", "system"] as const;
export type ChartGroup = (typeof CHART_GROUPS)[number];

/** A span of time, epoch milliseconds. */
export type Span = { fromMs: number; toMs: number };

/** What the charts of a device show; it is in the address, so that it can be sent, reloaded and stepped back from. */
export type ChartView = {
  /** A range that ends now, or a fixed span. */
  period: Range | Span;
  compare: Comparison | null;
  /** Times as the device's clock shows them, not the viewer's. */
  isDeviceTime: boolean;
  groups: readonly ChartGroup[];
};

const MIN_SPAN_MS = 60_000;
const MAX_SPAN_MS = 3 * RANGE_MS["1y"];
/** The largest instant that a Date can hold. */
const MAX_INSTANT_MS = 8.64e15;

export function readChartView(search: string): ChartView {
  const query = new URLSearchParams(search);
  const groups = query.get("charts")?.split(",") ?? [];
  return {
    period: readPeriod(query),
    compare: query.get("compare") === "day" ? "day" : query.get("compare") === "week" ? "week" : null,
    isDeviceTime: query.get("time") === "device",
    groups: CHART_GROUPS.filter((group) => groups.includes(group)),
  };
}

function readPeriod(query: URLSearchParams): ChartView["period"] {
  const fromMs = Date.parse(query.get("from") ?? "");
  const toMs = Date.parse(query.get("to") ?? "");
  if (Number.isFinite(fromMs) && Number.isFinite(toMs) && fromMs < toMs) return boundSpan({ fromMs, toMs });
  return RANGES.find((range) => range === query.get("range")) ?? "1h";
}

/** The query with a changed view. What the default is does not stand in it; other parameters stay. */
export function writeChartView(search: string, change: Partial<ChartView>): string {
  const query = new URLSearchParams(search);
  const { period, compare, isDeviceTime, groups } = { ...readChartView(search), ...change };
  const isRange = typeof period === "string";
  set(query, "range", isRange && period !== "1h" ? period : null);
  set(query, "from", isRange ? null : new Date(period.fromMs).toISOString());
  set(query, "to", isRange ? null : new Date(period.toMs).toISOString());
  set(query, "compare", compare);
  set(query, "time", isDeviceTime ? "device" : null);
  set(query, "charts", groups.join(",") || null);
  return query.toString();
}

function set(query: URLSearchParams, name: string, value: string | null): void {
  if (value === null) query.delete(name);
  else query.set(name, value);
}

/** A span of at least a minute and at most three years, around the same middle, at whole seconds. */
export function boundSpan({ fromMs, toMs }: Span): Span {
  const lengthMs = Math.min(MAX_SPAN_MS, Math.max(MIN_SPAN_MS, toMs - fromMs));
  const latest = Math.min(MAX_INSTANT_MS, (fromMs + toMs + lengthMs) / 2);
  const end = Math.max(lengthMs, Math.round(latest / 1000) * 1000);
  return { fromMs: end - lengthMs, toMs: end };
}

/** The span that a period covers at `now`. */
export function spanOf(period: ChartView["period"], now: number): Span {
  return typeof period === "string" ? { fromMs: now - RANGE_MS[period], toMs: now } : period;
}

/** IANA name. */
export function viewerTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The view of this page, and how to change it. Each change is a step in the browser's history. */
export function useChartView(): [ChartView, (change: Partial<ChartView>) => void] {
  const [path, navigate] = useLocation();
  const search = useSearch();
  return [
    readChartView(search),
    (change) => {
      const query = writeChartView(search, change);
      navigate(query === "" ? path : `${path}?${query}`);
    },
  ];
}
