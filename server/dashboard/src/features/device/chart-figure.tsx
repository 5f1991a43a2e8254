import { VisuallyHidden } from "@mantine/core";
import type { Metric } from "@muster/shared/contracts/metric-table.ts";
import { type ReactNode, useMemo } from "react";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import type { ChartLine } from "./chart-options.ts";
import classes from "./chart.module.css";
import { Chart } from "./chart.tsx";
import { type HistoryWindow, summarize } from "./history-window.ts";
import { RANGE_MS } from "./use-history.ts";

type ChartFigureProps = {
  title: string;
  lines: readonly ChartLine[];
  /** What the metric of the lines is: they share its scale. */
  scale: Metric;
  window: HistoryWindow;
  /** The point under the shared cursor, null when there is none. */
  point: number | null;
  marks: readonly number[];
  onPoint: (index: number | null) => void;
  children?: ReactNode;
};

/** A chart with its legend, which shows the values under the cursor, and its text alternative. */
export function ChartFigure(props: ChartFigureProps) {
  const { title, lines, scale, window, point, marks, onPoint, children } = props;
  const { t } = useTranslations();
  const format = useFormats().ofUnit(scale.unit);
  const summaries = useMemo(
    () => lines.map((line) => ({ line, summary: summarize(window.history, line.series) })),
    [lines, window],
  );
  const isEmpty = summaries.every(({ summary }) => summary === null);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <h3>{title}</h3>
        <Legend summaries={summaries} window={window} point={point} format={format} />
        <VisuallyHidden>
          {summaries.map(({ line: { series, name }, summary }) => (
            <p key={series}>
              {summary === null
                ? `${name}: ${t("device.charts.empty")}`
                : t("device.charts.summary", {
                    name,
                    last: format(summary.last),
                    avg: format(summary.avg),
                    min: format(summary.min),
                    max: format(summary.max),
                    gaps:
                      summary.gaps === 0
                        ? t("device.charts.noGaps")
                        : t("device.charts.gaps", { count: summary.gaps }),
                  })}
            </p>
          ))}
        </VisuallyHidden>
      </figcaption>
      {isEmpty ? (
        <p className={classes.empty}>{t("device.charts.empty")}</p>
      ) : (
        <Chart window={window} lines={lines} scale={scale} format={format} marks={marks} onPoint={onPoint} />
      )}
      {children}
    </figure>
  );
}

type LegendProps = {
  summaries: readonly { line: ChartLine; summary: ReturnType<typeof summarize> }[];
  window: HistoryWindow;
  point: number | null;
  format: (value: number) => string;
};

/** The newest values, or those under the cursor. */
function Legend({ summaries, window, point, format }: LegendProps) {
  const { t } = useTranslations();
  const formats = useFormats();
  const isShort = window.toMs - window.fromMs <= RANGE_MS["24h"];
  const time = point === null ? undefined : window.history.times[point];
  const only = summaries.length === 1 ? summaries[0]?.summary : null;
  const valueOf = ({ line, summary }: LegendProps["summaries"][number]) =>
    time === undefined || point === null ? summary?.last : window.history.series[line.series]?.avg[point];
  return (
    <span aria-hidden="true" className={classes.legend}>
      {summaries.map((entry) => {
        const { line } = entry;
        const value = valueOf(entry);
        return (
          <span
            key={line.series}
            className={classes.value}
            style={{ "--line-colour": `var(${line.colour})` }}
          >
            {summaries.length > 1 && <i data-dashed={line.dash ? true : undefined} />}
            {summaries.length > 1 && <small>{line.name} </small>}
            {value === undefined || value === null ? "–" : format(value)}
          </span>
        );
      })}
      <span className={classes.detail}>
        {time !== undefined && (isShort ? formats.clock(time) : formats.minute(time))}
        {time === undefined &&
          only &&
          `${t("device.charts.avg")} ${format(only.avg)} · ${format(only.min)} – ${format(only.max)}`}
      </span>
    </span>
  );
}
