import type { AlarmType } from "@muster/shared/alarms/catalog.ts";
import {
  INSTANCE_KINDS,
  type InstanceKind,
  LABELLED_METRICS_BY_KEY,
  type LabelledMetricKey,
  METRICS,
} from "@muster/shared/contracts/metric-table.ts";
import type { MetricName } from "@muster/shared/contracts/metric.ts";
import { HEALTH_METRICS } from "@muster/shared/health/score-formula.ts";
import { scoreOf } from "@muster/shared/health/score.ts";
import type { CompiledRule } from "../evaluation/compiled-rule.ts";

/** Where the past of a rule's condition is recorded. */
export type TrialSource =
  | { kind: "outages" }
  /** A value of the whole device, made of these columns; NaN for none. */
  | { kind: "device"; columns: readonly number[]; valueOf(values: readonly number[]): number }
  /** A value of each instance, whose column is derived from this one. */
  | { kind: "instances"; instanceKind: InstanceKind; column: number };

/** Null for a condition whose past is not recorded. */
export function trialSourceOf(rule: Pick<CompiledRule, "type" | "condition">): TrialSource | null {
  const type: AlarmType = rule.type;
  if (type === "offline") return { kind: "outages" };
  if (rule.condition.watches !== "values") return null;
  if (type === "health") {
    return {
      kind: "device",
      columns: HEALTH_METRICS.map((name) => METRICS[name].column),
      valueOf: scoreOfValues,
    };
  }
  if (type === "no-data") {
    const source = sourceOfMetric(rule.condition.subject);
    return source?.kind === "device" ? { ...source, valueOf: missingOf } : null;
  }
  return type === "metric" ? sourceOfMetric(rule.condition.subject) : null;
}

function sourceOfMetric(key: string): TrialSource | null {
  if (isMetric(key)) {
    return { kind: "device", columns: [METRICS[key].column], valueOf: ([value = Number.NaN]) => value };
  }
  const metric = isLabelled(key) ? LABELLED_METRICS_BY_KEY.get(key) : undefined;
  const instanceKind = INSTANCE_KINDS.find((kind) => key.startsWith(`${kind}.`));
  return metric && instanceKind ? { kind: "instances", instanceKind, column: metric.column } : null;
}

/** As the type `no-data` reads a sample: 1 where the metric is missing. */
function missingOf([value]: readonly number[]): number {
  return Number.isNaN(value) ? 1 : 0;
}

/** Values in the order of `HEALTH_METRICS`. */
function scoreOfValues([cpu, memory, disk]: readonly number[]): number {
  const known = (value: number | undefined) => (Number.isNaN(value) ? undefined : value);
  return scoreOf({ cpu: known(cpu), memory: known(memory), disk: known(disk) })?.score ?? Number.NaN;
}

function isMetric(key: string): key is MetricName {
  return Object.hasOwn(METRICS, key);
}

function isLabelled(key: string): key is LabelledMetricKey {
  return [...LABELLED_METRICS_BY_KEY.keys()].some((known) => known === key);
}

/** Which values of a rule are worse than others. */
export function isHigherWorse({ type, condition }: CompiledRule): boolean {
  if (type === "health" || condition.watches !== "values") return false;
  return condition.violates(Number.MAX_VALUE) || !condition.violates(-Number.MAX_VALUE);
}
