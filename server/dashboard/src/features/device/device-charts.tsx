import type { MetricName } from "@muster/shared/contracts/metric.ts";
import {
  CHART_NAMES,
  CHARTS,
  type ChartName,
  METRIC_NAMES,
  METRICS,
} from "@muster/shared/contracts/metric-table.ts";
import { type ComponentType, useMemo } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { useCharts } from "./chart-context.tsx";
import { ChartFigure } from "./chart-figure.tsx";
import type { HistoryWindow } from "./history-window.ts";
import { useHistory } from "./use-history.ts";

/** Charts of metrics of the whole device, which are read together. */
export type DeviceChartList = {
  charts: readonly { name: ChartName; metrics: readonly MetricName[] }[];
  metrics: readonly MetricName[];
};

/** The charts of a group. */
export function deviceChartList(group: (typeof CHARTS)[ChartName]): DeviceChartList {
  const charts = CHART_NAMES.filter((name) => CHARTS[name] === group)
    .map((name) => ({ name, metrics: METRIC_NAMES.filter((metric) => METRICS[metric].chart === name) }))
    .filter(({ metrics }) => metrics.length > 0);
  return { charts, metrics: charts.flatMap(({ metrics }) => metrics) };
}

type DeviceChartsProps = {
  list: DeviceChartList;
  /** True for charts of what not every device has: one without any value is left out. */
  isOptional?: boolean;
  /** What is shown above the charts, for the window that they draw. */
  header?: ComponentType<{ window: HistoryWindow }>;
};

export function DeviceCharts({ list, isOptional = false, header: Header }: DeviceChartsProps) {
  const { t } = useTranslations();
  const { of, comparedOf } = useCharts();
  const isNeeded = list.metrics.length > 0;
  const { data, error, isPlaceholderData, refetch } = useHistory(of, list.metrics, isNeeded);
  const earlier = useHistory(comparedOf ?? of, list.metrics, isNeeded && comparedOf !== null);
  const history = data?.history;
  const drawn = useMemo(
    () =>
      list.charts.flatMap(({ name, metrics: [first, ...others] }) => {
        if (!first || !history) return [];
        const title = t(`device.charts.${name}`);
        // A second metric that the device never has, such as swap, would be an empty line.
        const present = others.filter((metric) => history.series[metric]);
        if (isOptional && present.length === 0 && !history.series[first]) return [];
        const lines = [first, ...present].map((metric, index) => ({
          series: metric,
          name: present.length > 0 ? t(`states.metric.${metric}`) : title,
          colour: index === 0 ? "--accent" : "--expired",
          metric: METRICS[metric],
          ...(index > 0 && { dash: [5, 3] }),
        }));
        return [{ name, title, lines, scale: METRICS[first] }];
      }),
    [list, history, isOptional, t],
  );
  const compared = useMemo(
    () => (comparedOf && earlier.data ? { window: earlier.data, shiftMs: comparedOf.shiftMs } : null),
    [comparedOf, earlier.data],
  );
  if (error && !data) return <FailureState error={error} retry={() => void refetch()} />;
  if (!data) return null;
  return (
    <>
      {Header && <Header window={data} />}
      {drawn.map(({ name, ...chart }) => (
        <ChartFigure key={name} {...chart} window={data} compared={compared} isOutdated={isPlaceholderData} />
      ))}
    </>
  );
}
