import { Button, Checkbox } from "@mantine/core";
import { MAX_SHOWN_INSTANCES } from "@muster/shared/contracts/history.ts";
import type { InstanceKind } from "@muster/shared/contracts/metric.ts";
import {
  CHART_NAMES,
  CHARTS,
  type ChartName,
  INSTANCE_KINDS,
  LABELLED_METRICS_BY_KEY,
  labelledMetricsOf,
  MAX_INSTANCES_PER_DEVICE,
} from "@muster/shared/contracts/metric-table.ts";
import { useMemo, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { useCharts } from "./chart-context.tsx";
import type { ChartGroup } from "./chart-view.ts";
import { ChartFigure } from "./chart-figure.tsx";
import classes from "./chart.module.css";
import { seriesKey, useLabelledHistory } from "./use-history.ts";

/** Colours of instances; one that comes round again has another pattern. */
const COLOURS = ["--accent", "--expired", "--series3", "--series4", "--series5", "--series6"];
/** Patterns of the first and the second metric of an instance, by how often its colour came round. */
const DASHES: readonly (number[] | undefined)[][] = [
  [undefined, [5, 3]],
  [
    [2, 3],
    [9, 3, 2, 3],
  ],
];

type LabelledChartsProps = { kind: InstanceKind; names: readonly ChartName[] };

/** The charts of a group that have lines for each instance, by the kind of the instances. */
export function labelledChartLists(group: ChartGroup): LabelledChartsProps[] {
  return INSTANCE_KINDS.map((kind) => {
    const drawn = new Set(labelledMetricsOf(kind).map(([, { chart }]) => chart));
    return { kind, names: CHART_NAMES.filter((name) => CHARTS[name] === group && drawn.has(name)) };
  }).filter(({ names }) => names.length > 0);
}

/** Charts with lines for each instance of a kind: the most important ones, until the user chooses others. */
export function LabelledCharts({ kind, names }: LabelledChartsProps) {
  const { of, comparedOf } = useCharts();
  const [chosen, setChosen] = useState<readonly number[] | null>(null);
  const { data, error, isPlaceholderData, refetch } = useLabelledHistory(of, kind, chosen);
  const shown = useMemo(() => (data?.instances ?? []).filter(({ isShown }) => isShown), [data?.instances]);
  const numbers = shown.map(({ number }) => number);
  const earlier = useLabelledHistory(
    comparedOf ?? of,
    kind,
    numbers,
    comparedOf !== null && numbers.length > 0,
  );
  const compared = useMemo(
    () => (comparedOf && earlier.data ? { window: earlier.data, shiftMs: comparedOf.shiftMs } : null),
    [comparedOf, earlier.data],
  );
  if (error && !data) return <FailureState error={error} retry={() => void refetch()} />;
  if (!data) return null;
  const shared = { kind, shown, window: data, compared, isOutdated: isPlaceholderData };
  return names.map((name, index) => (
    <LabelledChart key={name} name={name} {...shared}>
      {index === 0 && data.instances.length > 1 && (
        <InstancePicker instances={data.instances} chosen={chosen} onChoose={setChosen} />
      )}
      {index === 0 && data.isLimited && <LimitNote />}
    </LabelledChart>
  ));
}

type LabelledChartProps = Omit<Parameters<typeof ChartFigure>[0], "title" | "lines" | "scale"> & {
  kind: InstanceKind;
  name: ChartName;
  shown: readonly { number: number; name: string }[];
};

function LabelledChart({ kind, name, shown, ...figure }: LabelledChartProps) {
  const { t } = useTranslations();
  const metrics = useMemo(
    () =>
      [...LABELLED_METRICS_BY_KEY].filter(
        ([key, metric]) => key.startsWith(`${kind}.`) && metric.chart === name,
      ),
    [kind, name],
  );
  const lines = useMemo(
    () =>
      shown.flatMap((instance, index) =>
        metrics.map(([key, metric], position) => {
          const dash = DASHES[Math.floor(index / COLOURS.length)]?.[position];
          return {
            series: seriesKey(key.slice(kind.length + 1), instance.number),
            name: metrics.length > 1 ? `${instance.name} ${t(`states.series.${key}`)}` : instance.name,
            colour: COLOURS[index % COLOURS.length] ?? "--accent",
            metric,
            ...(dash && { dash }),
          };
        }),
      ),
    [shown, metrics, kind, t],
  );
  const [first] = metrics;
  if (!first) return null;
  return <ChartFigure title={t(`device.charts.${name}`)} lines={lines} scale={first[1]} {...figure} />;
}

type InstanceChartProps = {
  kind: InstanceKind /** Key of the metric, as in "fileSystem.used". */;
  metricKey: string;
  instance: string;
};

/** The chart of one metric of one instance. */
export function InstanceChart({ kind, metricKey, instance }: InstanceChartProps) {
  const { t } = useTranslations();
  const { of } = useCharts();
  const all = useLabelledHistory(of, kind, null);
  const found = all.data?.instances.find(({ name }) => name === instance);
  const numbers = useMemo(() => (found ? [found.number] : []), [found]);
  const { data, error, isPlaceholderData, refetch } = useLabelledHistory(
    of,
    kind,
    numbers,
    numbers.length > 0,
  );
  const shown = useMemo(() => (found ? [found] : []), [found]);
  const metric = [...LABELLED_METRICS_BY_KEY].find(([key]) => key === metricKey)?.[1];
  const failure = all.error ?? error;
  if (failure && !data)
    return <FailureState error={failure} retry={() => void (all.error ? all : { refetch }).refetch()} />;
  if (all.data && !found) return <p className={classes.empty}>{t("device.charts.empty")}</p>;
  if (!data || !metric?.chart) return null;
  return (
    <LabelledChart
      kind={kind}
      name={metric.chart}
      shown={shown}
      window={data}
      compared={null}
      isOutdated={isPlaceholderData}
    />
  );
}

function LimitNote() {
  const { t } = useTranslations();
  return <p className={classes.marks}>{t("device.charts.isLimited", { max: MAX_INSTANCES_PER_DEVICE })}</p>;
}

type InstancePickerProps = {
  instances: readonly { number: number; name: string; isShown: boolean }[];
  /** Numbers of the instances that the user chose, null while the server chooses. */
  chosen: readonly number[] | null;
  onChoose: (instances: readonly number[] | null) => void;
};

function InstancePicker({ instances, chosen, onChoose }: InstancePickerProps) {
  const { t } = useTranslations();
  // The user's choice counts at once, before its lines are there.
  const shown = chosen ?? instances.filter(({ isShown }) => isShown).map(({ number }) => number);
  return (
    <details className={classes.instances}>
      <summary>{t("device.charts.instances", { shown: shown.length, all: instances.length })}</summary>
      <fieldset>
        {instances.map(({ number, name }) => {
          const isShown = shown.includes(number);
          return (
            <Checkbox
              key={number}
              size="xs"
              label={name}
              checked={isShown}
              disabled={isShown ? shown.length === 1 : shown.length >= MAX_SHOWN_INSTANCES}
              onChange={() => onChoose(isShown ? shown.filter((one) => one !== number) : [...shown, number])}
            />
          );
        })}
      </fieldset>
      {chosen && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChoose(null)}>
          {t("device.charts.automatic")}
        </Button>
      )}
    </details>
  );
}
