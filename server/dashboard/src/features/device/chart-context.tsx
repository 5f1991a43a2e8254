import { createFormats, type Formats } from "@muster/shared/i18n/formats.ts";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { useFormats } from "../../i18n/translations.tsx";
import type { ChartBand, ChartLevel } from "./chart-options.ts";
import type { ChartGuide } from "./chart-guides.ts";
import { type ChartView, type Comparison, COMPARISON_MS, type Span } from "./chart-view.ts";
import type { CurrentValues } from "./history-window.ts";
import { type HistoryOf, useActionMarks } from "./use-history.ts";

/** What all charts of a device share. */
type Charts = {
  of: HistoryOf;
  /** The same over the earlier period of the comparison; null without one. */
  comparedOf: HistoryOf | null;
  compare: Comparison | null;
  /** Times in the chosen time zone. */
  formats: Formats;
  /** IANA name; undefined for the viewer's own. */
  timeZone: string | undefined;
  /** Instants that are marked on the time axis, epoch milliseconds. */
  marks: readonly number[];
  /** Spans that are marked in all charts. */
  bands: readonly ChartBand[];
  /** Values that are drawn as lines in all charts. */
  levels: readonly ChartLevel[];
  /** What is drawn beside the lines in all charts. */
  guides: readonly ChartGuide[];
  /** The time under the shared cursor, null when there is none. */
  timeMs: number | null;
  onTime: (timeMs: number | null) => void;
  /** Shows a span that the user selected in a chart. */
  onSpan: (span: Span) => void;
  /** The values that the device has now, by metric; none for a span that ended, and for metrics that are only in the history. */
  current: CurrentValues;
  /** The beginning of the names of exported files. */
  fileName: string;
};

const NONE: CurrentValues = {};
const NO_BANDS: readonly ChartBand[] = [];
const NO_LEVELS: readonly ChartLevel[] = [];
const NO_GUIDES: readonly ChartGuide[] = [];

const ChartsContext = createContext<Charts | null>(null);

type ChartsProviderProps = {
  device: {
    id: string;
    name: string;
    lastReportAt: string | null;
    timeZone: string | undefined;
    current: CurrentValues;
  };
  view: ChartView;
  bands?: readonly ChartBand[];
  levels?: readonly ChartLevel[];
  guides?: readonly ChartGuide[];
  onSpan: (span: Span) => void;
  children: ReactNode;
};

export function ChartsProvider(props: ChartsProviderProps) {
  const { device, view, bands = NO_BANDS, levels = NO_LEVELS, onSpan, children } = props;
  const { guides = NO_GUIDES } = props;
  const { id, name, lastReportAt, current } = device;
  const { period, compare } = view;
  const [timeMs, setTimeMs] = useState<number | null>(null);
  const timeZone = view.isDeviceTime ? device.timeZone : undefined;
  const viewerFormats = useFormats();
  const formats = useMemo(
    () => (timeZone === undefined ? viewerFormats : createFormats(viewerFormats.language, timeZone)),
    [viewerFormats, timeZone],
  );
  const marks = useActionMarks(id);
  const charts = useMemo((): Charts => {
    const of = { id, period, lastReportAt, shiftMs: 0 };
    return {
      of,
      comparedOf: compare && { ...of, shiftMs: COMPARISON_MS[compare] },
      compare,
      formats,
      timeZone,
      marks,
      bands,
      levels,
      guides,
      timeMs,
      onTime: setTimeMs,
      onSpan,
      current: typeof period === "string" ? current : NONE,
      fileName: `muster-${name}`,
    };
  }, [
    id,
    name,
    lastReportAt,
    period,
    compare,
    formats,
    timeZone,
    marks,
    bands,
    levels,
    guides,
    timeMs,
    onSpan,
    current,
  ]);
  return <ChartsContext value={charts}>{children}</ChartsContext>;
}

export function useCharts(): Charts {
  const charts = useContext(ChartsContext);
  if (!charts) throw new Error("useCharts is only for components inside ChartsProvider");
  return charts;
}
