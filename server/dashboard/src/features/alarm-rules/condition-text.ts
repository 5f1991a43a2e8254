import type { AlarmTypeTexts } from "@muster/shared/alarms/alarm-type-texts.ts";
import { ALARM_TYPES, type AlarmType } from "@muster/shared/alarms/catalog.ts";
import { AlarmOperator } from "@muster/shared/alarms/level-settings.ts";
import type { AlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import {
  LABELLED_METRICS_BY_KEY,
  type LabelledMetricKey,
  METRICS,
  type MetricUnit,
} from "@muster/shared/contracts/metric-table.ts";
import type { MetricName } from "@muster/shared/contracts/metric.ts";
import type { Formats } from "@muster/shared/i18n/formats.ts";
import type { TFunction } from "i18next";
import { z } from "zod";

const DAY_MS = 86_400_000;

type Rule = Pick<AlarmRule, "type" | "settings">;
type Context = { t: TFunction; formats: Formats; typeTexts: (type: AlarmType) => AlarmTypeTexts };

/** What the types have in common, so that a new type has a sentence too. */
const CommonSettings = z.object({
  metric: z.string().optional(),
  instances: z.array(z.string()).default([]),
  operator: AlarmOperator.optional(),
  warning: z.number().nullable().default(null),
  critical: z.number().nullable().default(null),
  clear: z.number().nullable().default(null),
  forS: z.number().default(0),
  sharePercent: z.number().default(100),
  clearForS: z.number().default(0),
  severity: z.enum(["info", "warning", "critical"]).optional(),
  level: z.string().optional(),
});
type CommonSettings = z.output<typeof CommonSettings>;

/** The condition as a sentence, such as "CPU usage above 90 % for 10 min; critical above 95 %". Null for settings that are not valid. */
export function conditionText(rule: Rule, context: Context): string | null {
  const settings = settingsOf(rule);
  if (!settings) return null;
  const { t } = context;
  const { warning, critical, severity } = settings;
  if (warning === null && critical === null) {
    const condition = lasting(factText(rule, settings, context), settings, context);
    if (!severity) return condition;
    return t("alarmRules.text.only", { condition, severity: t(`alarms.severity.${severity}`) });
  }
  const operator = operatorOf(rule, settings);
  const compare = (what: string, level: number) =>
    t(`alarmRules.text.${operator}`, { what, level: levelText(rule, settings, level, context) });
  const mildest = compare(whatText(rule, settings, context), warning ?? critical ?? 0);
  const condition = lasting(mildest, settings, context);
  if (warning !== null && critical !== null) {
    return `${condition}; ${compare(t("alarms.severity.critical"), critical)}`;
  }
  const only = warning === null ? "critical" : "warning";
  return t("alarmRules.text.only", { condition, severity: t(`alarms.severity.${only}`) });
}

const OPPOSITE = { ">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "==" } as const;

/** When its alarms end; null for as soon as no level is violated. */
export function endText(rule: Rule, context: Context): string | null {
  const settings = settingsOf(rule);
  if (!settings) return null;
  const { t, formats } = context;
  const { warning, critical, clear, clearForS } = settings;
  const level = clear ?? warning ?? critical;
  if (level === null || (clear === null && clearForS === 0)) return null;
  const condition = t(`alarmRules.text.${OPPOSITE[operatorOf(rule, settings)]}`, {
    what: whatText(rule, { ...settings, instances: [] }, context),
    level: levelText(rule, settings, level, context),
  });
  const duration = formats.exactDuration(clearForS * 1_000);
  return t("alarmRules.text.ends", {
    condition: clearForS === 0 ? condition : t("alarmRules.text.for", { condition, duration }),
  });
}

/** Unit of the values that a rule compares; null for a plain number. */
export function unitOf(type: AlarmType, metric: string | undefined): MetricUnit | null {
  if (type === "health" || metric === undefined) return null;
  if (isMetric(metric)) return METRICS[metric].unit;
  return isLabelled(metric) ? (LABELLED_METRICS_BY_KEY.get(metric)?.unit ?? null) : null;
}

/** Name of a metric; of one with instances, without naming one. */
export function metricText(metric: string, t: TFunction): string {
  if (isMetric(metric)) return t(`alarms.metric.${metric}`);
  if (!isLabelled(metric)) return metric;
  const names: Record<LabelledMetricKey, string> = {
    "fileSystem.used": t("alarmRules.series.fileSystem-used"),
    "fileSystem.free": t("alarmRules.series.fileSystem-free"),
    "networkInterface.in": t("alarmRules.series.networkInterface-in"),
    "networkInterface.out": t("alarmRules.series.networkInterface-out"),
  };
  return names[metric];
}

function settingsOf({ type, settings }: Rule): CommonSettings | null {
  const parsed = ALARM_TYPES[type].settings.safeParse(settings);
  if (!parsed.success) return null;
  const common = CommonSettings.safeParse(parsed.data);
  return common.success ? common.data : null;
}

function operatorOf({ type }: Rule, { operator }: CommonSettings): AlarmOperator {
  return operator ?? (type === "health" ? "<" : type === "disk-full" ? "<=" : ">");
}

function whatText({ type }: Rule, { metric, instances }: CommonSettings, { t, typeTexts }: Context): string {
  const what =
    metric === undefined
      ? type === "health"
        ? t("alarms.score")
        : typeTexts(type).label
      : metricText(metric, t);
  return instances.length === 0 ? what : t("alarmRules.text.on", { what, names: instances.join(", ") });
}

function factText({ type }: Rule, { level, metric }: CommonSettings, { t, typeTexts }: Context): string {
  const { label, settings } = typeTexts(type);
  if (metric !== undefined) return t("alarmRules.scope.named", { kind: label, name: metricText(metric, t) });
  if (level === undefined) return label;
  return t("alarmRules.text.from", { what: label, level: settings["level"]?.choices?.[level] ?? level });
}

function levelText(
  { type }: Rule,
  { metric }: CommonSettings,
  level: number,
  { formats }: Pick<Context, "formats">,
): string {
  if (type === "disk-full") return formats.duration(level * DAY_MS);
  const unit = unitOf(type, metric);
  return unit === null ? formats.oneDigit(level) : formats.ofUnit(unit)(level);
}

function lasting(condition: string, { forS, sharePercent }: CommonSettings, { t, formats }: Context): string {
  if (forS === 0) return condition;
  const duration = formats.exactDuration(forS * 1_000);
  if (sharePercent >= 100) return t("alarmRules.text.for", { condition, duration });
  return t("alarmRules.text.forShare", { condition, duration, percent: formats.percent(sharePercent) });
}

function isMetric(key: string): key is MetricName {
  return Object.hasOwn(METRICS, key);
}

function isLabelled(key: string): key is LabelledMetricKey {
  return [...LABELLED_METRICS_BY_KEY.keys()].some((known) => known === key);
}
