import { Button, Checkbox } from "@mantine/core";
import { MAX_SHOWN_INSTANCES } from "@muster/shared/contracts/history.ts";
import type { InstanceKind } from "@muster/shared/contracts/metric.ts";
import {
  type ChartName,
  LABELLED_METRICS_BY_KEY,
  MAX_INSTANCES_PER_DEVICE,
} from "@muster/shared/contracts/metric-table.ts";
import { useMemo, useState } from "react";
import { useTranslations } from "../../i18n/translations.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { ChartFigure } from "./chart-figure.tsx";
import type { ChartLine } from "./chart-options.ts";
import classes from "./chart.module.css";
import { type HistoryOf, seriesKey, useLabelledHistory } from "./use-history.ts";

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

type LabelledChartProps = {
  of: HistoryOf;
  kind: InstanceKind;
  name: ChartName;
  point: number | null;
  marks: readonly number[];
  onPoint: (index: number | null) => void;
};

/** A chart with lines for each instance of a kind: the most important ones, until the user chooses others. */
export function LabelledChart({ of, kind, name, point, marks, onPoint }: LabelledChartProps) {
  const { t } = useTranslations();
  const [chosen, setChosen] = useState<readonly number[] | null>(null);
  const { data, error, refetch } = useLabelledHistory(of, kind, chosen);
  const instances = data?.instances;
  const shown = useMemo(() => (instances ?? []).filter(({ isShown }) => isShown), [instances]);
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
        metrics.map(([key], position): ChartLine => {
          const dash = DASHES[Math.floor(index / COLOURS.length)]?.[position];
          return {
            series: seriesKey(key.slice(kind.length + 1), instance.number),
            name: metrics.length > 1 ? `${instance.name} ${t(`states.series.${key}`)}` : instance.name,
            colour: COLOURS[index % COLOURS.length] ?? "--accent",
            ...(dash && { dash }),
          };
        }),
      ),
    [shown, metrics, kind, t],
  );
  const [first] = metrics;
  if (error && !data) return <FailureState error={error} retry={() => void refetch()} />;
  if (!data || !first) return null;
  return (
    <ChartFigure
      title={t(`device.charts.${name}`)}
      lines={lines}
      scale={first[1]}
      window={data}
      point={point}
      marks={marks}
      onPoint={onPoint}
    >
      {data.instances.length > 1 && (
        <InstancePicker instances={data.instances} chosen={chosen} onChoose={setChosen} />
      )}
      {data.isLimited && (
        <p className={classes.marks}>{t("device.charts.isLimited", { max: MAX_INSTANCES_PER_DEVICE })}</p>
      )}
    </ChartFigure>
  );
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
