import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { SegmentedControl, VisuallyHidden } from "@mantine/core";
import { METRICS } from "@muster/shared/contracts/metric-table.ts";
import { useMemo, useState } from "react";
import { useFormats, useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import type { ChartLine } from "./chart-options.ts";
import classes from "./chart.module.css";
import { Chart } from "./chart.tsx";
import {
  type HistoryWindow,
  type Range,
  RANGE_MS,
  RANGES,
  summarize,
  useActionMarks,
  useHistory,
} from "./use-history.ts";

type ChartName = "cpu" | "memory" | "disk" | "network";

/** The lines of a chart share its scale, so their metrics have one unit. */
const CHARTS: readonly { name: ChartName; lines: readonly [ChartLine, ...ChartLine[]] }[] = [
  { name: "cpu", lines: [{ metric: "cpu", colour: "--accent" }] },
  { name: "memory", lines: [{ metric: "memory", colour: "--accent" }] },
  { name: "disk", lines: [{ metric: "disk", colour: "--accent" }] },
  {
    name: "network",
    lines: [
      { metric: "netIn", colour: "--accent" },
      { metric: "netOut", colour: "--expired", dash: [5, 3] },
    ],
  },
];

/** The device's metrics over time. All charts share one cursor. */
export function HistoryCharts({ id, lastReportAt }: { id: string; lastReportAt: string | null }) {
  const { t } = useTranslations();
  const [range, setRange] = useState<Range>("1h");
  const [point, setPoint] = useState<number | null>(null);
  const history = useHistory(id, range, lastReportAt);
  const marks = useActionMarks(id);
  const span = history.data;
  const hasMarks = span !== undefined && marks.some((at) => at >= span.fromMs && at <= span.toMs);
  return (
    <section>
      <div className={classes.bar}>
        <h2>{t("device.charts.title")}</h2>
        <SegmentedControl
          size="sm"
          aria-label={t("device.charts.range")}
          value={range}
          onChange={(value) => setRange(RANGES.find((one) => one === value) ?? "1h")}
          data={RANGES.map((value) => ({ value, label: t(`device.charts.${value}`) }))}
        />
      </div>
      {history.error && !history.data && (
        <FailureState error={history.error} retry={() => void history.refetch()} />
      )}
      {history.data && (
        <div className={classes.charts}>
          {CHARTS.map(({ name, lines }) => (
            <ChartFigure
              key={name}
              name={name}
              lines={lines}
              window={history.data}
              point={point}
              marks={marks}
              onPoint={setPoint}
            />
          ))}
        </div>
      )}
      {hasMarks && <p className={classes.marks}>{t("actions.marks")}</p>}
    </section>
  );
}

type ChartFigureProps = {
  name: ChartName;
  lines: readonly [ChartLine, ...ChartLine[]];
  window: HistoryWindow;
  point: number | null;
  marks: readonly number[];
  onPoint: (index: number | null) => void;
};

function ChartFigure({ name, lines, window, point, marks, onPoint }: ChartFigureProps) {
  const { t } = useTranslations();
  const formats = useFormats();
  const scale = METRICS[lines[0].metric];
  const format = formats.ofUnit(scale.unit);
  const summaries = useMemo(
    () => lines.map(({ metric }) => ({ metric, summary: summarize(window.history, metric) })),
    [lines, window],
  );
  const isShort = window.toMs - window.fromMs <= RANGE_MS["24h"];
  const isEmpty = summaries.every(({ summary }) => summary === null);
  const time = point === null ? undefined : window.history.times[point];
  const atPoint = (metric: ChartLine["metric"]) =>
    time === undefined || point === null ? undefined : window.history.series[metric]?.avg[point];
  const lineName = (metric: ChartLine["metric"]) =>
    lines.length > 1 ? t(`states.metric.${metric}`) : t(`device.charts.${name}`);
  const only = summaries.length === 1 ? summaries[0]?.summary : null;

  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <h3>{t(`device.charts.${name}`)}</h3>
        <span aria-hidden="true" style={{ display: "contents" }}>
          {summaries.map(({ metric, summary }, index) => {
            const value = time === undefined ? summary?.last : atPoint(metric);
            const line = lines[index];
            return (
              <span
                key={metric}
                className={classes.value}
                style={{ "--line-colour": `var(${line?.colour})` }}
              >
                {lines.length > 1 && <i data-dashed={line?.dash ? true : undefined} />}
                {lines.length > 1 && <small>{lineName(metric)} </small>}
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
        <VisuallyHidden>
          {summaries.map(({ metric, summary }) => (
            <p key={metric}>
              {summary === null
                ? `${lineName(metric)}: ${t("device.charts.empty")}`
                : t("device.charts.summary", {
                    name: lineName(metric),
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
    </figure>
  );
}
