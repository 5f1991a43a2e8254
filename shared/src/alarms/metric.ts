import { z } from "zod";
import {
  INSTANCE_KINDS,
  LABELLED_METRICS_BY_KEY,
  type LabelledMetricKey,
  labelledMetricsOf,
  MAX_INSTANCE_NAME_LENGTH,
  METRIC_NAMES,
} from "../contracts/metric-table.ts";
import type { MetricName } from "../contracts/metric.ts";
import { line } from "../contracts/text.ts";
import type { ReportValues } from "./alarm-condition.ts";
import { defineAlarmType } from "./define-alarm-type.ts";
import { AlarmOperator, levelCondition, levelIssues, levelShape } from "./level-settings.ts";

type MetricKey = MetricName | LabelledMetricKey;
const METRIC_KEYS: readonly MetricKey[] = [...METRIC_NAMES, ...LABELLED_METRICS_BY_KEY.keys()];

const MAX_PATTERNS = 20;

export const metric = defineAlarmType({
  type: "metric",
  label: "Metric",
  description: "Opens an alarm when a measured value violates a level for some time.",
  settings: z
    .strictObject({
      /** The metric; one with a dot has a value for each file system or network interface. */
      metric: z.enum(METRIC_KEYS).meta({ label: "Metric" }),
      /** Names of the file systems or network interfaces; `*` stands for any text. Empty for all of them. */
      instances: z.array(line(MAX_INSTANCE_NAME_LENGTH)).max(MAX_PATTERNS).default([]).meta({
        label: "File systems or interfaces",
        hint: "Names, in which * stands for any text. Empty: all of them.",
      }),
      operator: AlarmOperator.default(">").meta({
        label: "Comparison",
        choices: {
          ">": "Above",
          ">=": "At least",
          "<": "Below",
          "<=": "At most",
          "==": "Equal to",
          "!=": "Different from",
        },
      }),
      ...levelShape,
    })
    .check(({ value, issues }) => {
      for (const { path, message } of levelIssues(value, value.operator)) {
        issues.push({ code: "custom", input: value, path: [path], message });
      }
      if (value.instances.length > 0 && !isLabelled(value.metric)) {
        issues.push({
          code: "custom",
          input: value,
          path: ["instances"],
          message: "must be empty for a metric of the whole device",
        });
      }
    }),
  condition: (settings) => ({
    watches: "values",
    subject: settings.metric,
    instances: settings.instances,
    ...levelCondition(settings, settings.operator),
    read: readerOf(settings.metric),
  }),
});

function isLabelled(key: MetricKey): key is LabelledMetricKey {
  return key.includes(".");
}

function readerOf(key: MetricKey): (values: ReportValues) => Iterable<readonly [string | null, number]> {
  if (!isLabelled(key)) {
    return ({ sample }) => {
      const value = sample?.[key];
      return value === undefined ? [] : [[null, value]];
    };
  }
  const kind = INSTANCE_KINDS.find((one) => key.startsWith(`${one}.`)) ?? "fileSystem";
  const known = new Set(labelledMetricsOf(kind).map(([name]) => name));
  const name = key.slice(kind.length + 1);
  return ({ sample }) => {
    const series: Readonly<Record<string, unknown>> | undefined = sample?.series?.[kind];
    const values = known.has(name) ? series?.[name] : undefined;
    if (!Array.isArray(values)) return [];
    return (sample?.series?.[kind]?.names ?? []).flatMap((instance, index) => {
      const value: unknown = values[index];
      return typeof value === "number" ? [[instance, value] as const] : [];
    });
  };
}
