import "@mantine/core/styles/FloatingIndicator.css";
import "@mantine/core/styles/SegmentedControl.css";
import { Button, SegmentedControl } from "@mantine/core";
import type { MetricName } from "@muster/shared/contracts/metric.ts";
import {
  CHART_NAMES,
  type ChartName,
  INSTANCE_KINDS,
  labelledMetricsOf,
  METRIC_NAMES,
  METRICS,
} from "@muster/shared/contracts/metric-table.ts";
import { csvText } from "@muster/shared/csv.ts";
import { useMemo, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { downloadCsv } from "../../ui/download-csv.ts";
import { FailureState } from "../../ui/failure-state.tsx";
import { ChartFigure } from "./chart-figure.tsx";
import type { ChartLine } from "./chart-options.ts";
import classes from "./chart.module.css";
import { historyRows, type HistoryWindow } from "./history-window.ts";
import { LabelledChart } from "./labelled-chart.tsx";
import { type HistoryOf, type Range, RANGES, useActionMarks, useHistory } from "./use-history.ts";

type DeviceChart = { name: ChartName; metrics: readonly MetricName[] };

/** Shown without being asked for; the others cost a read of their own. */
const MAIN_CHARTS: readonly ChartName[] = ["cpu", "memory", "disk", "network"];
const DEVICE_CHARTS = CHART_NAMES.map(
  (name): DeviceChart => ({ name, metrics: METRIC_NAMES.filter((metric) => METRICS[metric].chart === name) }),
).filter(({ metrics }) => metrics.length > 0);
const LABELLED_CHARTS = CHART_NAMES.flatMap((name) =>
  INSTANCE_KINDS.filter((kind) => labelledMetricsOf(kind).some(([, { chart }]) => chart === name)).map(
    (kind) => ({ kind, name }),
  ),
);
const MAIN = DEVICE_CHARTS.filter(({ name }) => MAIN_CHARTS.includes(name));
const MORE = DEVICE_CHARTS.filter(({ name }) => !MAIN_CHARTS.includes(name));
const MAIN_METRICS = MAIN.flatMap(({ metrics }) => metrics);
const MORE_METRICS = MORE.flatMap(({ metrics }) => metrics);

type HistoryChartsProps = { id: string; name: string; lastReportAt: string | null };
type CursorProps = {
  point: number | null;
  marks: readonly number[];
  onPoint: (index: number | null) => void;
};

/** The device's metrics over time. All charts share one cursor. */
export function HistoryCharts({ id, name, lastReportAt }: HistoryChartsProps) {
  const { t } = useTranslations();
  const [range, setRange] = useState<Range>("1h");
  const [point, setPoint] = useState<number | null>(null);
  const [hasMore, setHasMore] = useState(false);
  const of: HistoryOf = { id, range, lastReportAt };
  const { data, error, refetch } = useHistory(of, MAIN_METRICS);
  const marks = useActionMarks(id);
  const hasMarks = data !== undefined && marks.some((at) => at >= data.fromMs && at <= data.toMs);
  const cursor = { point, marks, onPoint: setPoint };
  return (
    <section>
      <div className={classes.bar}>
        <h2>{t("device.charts.title")}</h2>
        <div className={classes.tools}>
          {data && data.history.times.length > 0 && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => downloadCsv(`muster-${name}-${range}`, historyCsv(data))}
            >
              {t("device.charts.csv")}
            </Button>
          )}
          <SegmentedControl
            size="sm"
            aria-label={t("device.charts.range")}
            value={range}
            onChange={(value) => setRange(RANGES.find((one) => one === value) ?? "1h")}
            data={RANGES.map((value) => ({ value, label: t(`device.charts.${value}`) }))}
          />
        </div>
      </div>
      {error && !data && <FailureState error={error} retry={() => void refetch()} />}
      {data && <DeviceCharts charts={MAIN} window={data} cursor={cursor} />}
      {hasMarks && <p className={classes.marks}>{t("actions.marks")}</p>}
      <Button
        className={classes.more}
        size="compact-sm"
        variant="subtle"
        aria-expanded={hasMore}
        onClick={() => setHasMore(!hasMore)}
      >
        {t(hasMore ? "device.charts.less" : "device.charts.more")}
      </Button>
      {hasMore && <MoreCharts of={of} cursor={cursor} />}
    </section>
  );
}

/** Charts of what not every device has, and of what a device has several of. */
function MoreCharts({ of, cursor }: { of: HistoryOf; cursor: CursorProps }) {
  const { data, error, refetch } = useHistory(of, MORE_METRICS);
  const present = MORE.filter(({ metrics }) => metrics.some((metric) => data?.history.series[metric]));
  if (error && !data) return <FailureState error={error} retry={() => void refetch()} />;
  return (
    <div className={classes.charts}>
      {LABELLED_CHARTS.map((chart) => (
        <LabelledChart key={chart.name} of={of} {...chart} {...cursor} />
      ))}
      {data && <DeviceCharts charts={present} window={data} cursor={cursor} />}
    </div>
  );
}

type DeviceChartsProps = { charts: readonly DeviceChart[]; window: HistoryWindow; cursor: CursorProps };

function DeviceCharts({ charts, window, cursor }: DeviceChartsProps) {
  const { t } = useTranslations();
  const drawn = useMemo(
    () =>
      charts.flatMap(({ name, metrics: [first, ...others] }) => {
        if (!first) return [];
        const title = t(`device.charts.${name}`);
        // A second metric that the device never has, such as swap, would be an empty line.
        const present = others.filter((metric) => window.history.series[metric]);
        const lines = [first, ...present].map(
          (metric, index): ChartLine => ({
            series: metric,
            name: present.length > 0 ? t(`states.metric.${metric}`) : title,
            colour: index === 0 ? "--accent" : "--expired",
            ...(index > 0 && { dash: [5, 3] }),
          }),
        );
        return [{ name, title, lines, scale: METRICS[first] }];
      }),
    [charts, window, t],
  );
  return (
    <div className={classes.charts}>
      {drawn.map(({ name, ...chart }) => (
        <ChartFigure key={name} {...chart} window={window} {...cursor} />
      ))}
    </div>
  );
}

/** The shown range as CSV: a row for each time, with the average of each metric. */
function historyCsv({ history }: HistoryWindow): string {
  const present = MAIN_METRICS.filter((metric) => history.series[metric]);
  const header = ["time", ...present.map((metric) => METRICS[metric].csv)];
  return csvText([header, ...historyRows(history, present)]);
}
