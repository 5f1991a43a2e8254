import type { AlarmFacts } from "../contracts/alarm.ts";
import {
  INSTANCE_KINDS,
  LABELLED_METRICS_BY_KEY,
  type LabelledMetricKey,
  METRICS,
  type Metric,
} from "../contracts/metric-table.ts";
import type { AlarmFormats, AlarmText, AlarmTexts, DescribedAlarm } from "./described-alarm.ts";
import { filled } from "./fill-template.ts";
import { historyText } from "./history-text.ts";
import { OUTAGE_TYPE } from "./inhibition.ts";

export type { AlarmText, AlarmTexts, DescribedAlarm } from "./described-alarm.ts";

const DAY_MS = 86_400_000;

/** Describes an alarm in the language of `texts` and `formats`. */
export function alarmTextOf(
  alarm: DescribedAlarm,
  { texts, formats }: { texts: AlarmTexts; formats: AlarmFormats },
): AlarmText {
  const device = alarm.deviceName ?? texts.unnamed.device;
  const since = alarm.facts.since;
  const suffix =
    since === undefined ? "" : ` ${filled(texts.sentence.since, { time: formats.minute(since) })}`;
  if (alarm.type === OUTAGE_TYPE && alarm.facts.text !== undefined) {
    const { title, sentence } = texts.siteOutage;
    const values = { site: alarm.facts.text, count: formats.whole(alarm.facts.count ?? 0) };
    return { title: filled(title, values), sentence: filled(sentence, values) + suffix };
  }
  if (hasOwn(texts.type, alarm.type)) {
    const { title, sentence } = texts.type[alarm.type];
    const values = { device, text: namedText(alarm, texts) };
    return { title: filled(title, values), sentence: filled(sentence, values) + suffix };
  }
  const fromHistory = historyText(alarm, { texts, formats });
  if (fromHistory) return { ...fromHistory, sentence: fromHistory.sentence + suffix };
  const measured = measuredOf(alarm, { texts, formats });
  if (measured) return valueText(alarm.facts, measured, { texts, device });
  const title =
    (alarm.type === "reported" ? alarm.facts.text : undefined) ?? alarm.ruleName ?? texts.unnamed.alarm;
  if (alarm.deviceName === null) return { title, sentence: title };
  return { title, sentence: filled(texts.sentence.about, { device, text: title }) };
}

/** The measured value of an alarm and the level that it crossed, as its metric is written; null for what it does not have. */
export function alarmValuesOf(
  alarm: DescribedAlarm,
  context: { texts: AlarmTexts; formats: AlarmFormats },
): { value: string | null; threshold: string | null; format: ((value: number) => string) | null } {
  const measured = measuredOf(alarm, context);
  const written = (value: number | undefined) =>
    measured && value !== undefined ? measured.format(value) : null;
  const { value, threshold } = alarm.facts;
  return { value: written(value), threshold: written(threshold), format: measured?.format ?? null };
}

/** Why an alarm ended, in words; `name` is who closed it. */
export function endReasonText(
  { reason, name }: { reason: keyof AlarmTexts["endReason"]; name: string | null },
  texts: AlarmTexts,
): string {
  return filled(texts.endReason[reason], { name: name ?? "Muster" });
}

/** The version or metric that an alarm is about. */
function namedText({ facts: { text } }: DescribedAlarm, texts: AlarmTexts): string {
  if (text === undefined) return texts.unnamed.version;
  return hasOwn(METRICS, text) ? texts.metric[text] : text;
}

/** What was measured: its name, how its values are written, and which way it gets worse. */
type Measured = { what: string; format: (value: number) => string; worse: Metric["worse"] };

function measuredOf(
  { type, facts, instance, ruleName }: DescribedAlarm,
  { texts, formats }: { texts: AlarmTexts; formats: AlarmFormats },
): Measured | null {
  if (type === "disk-full" && facts.forecast) {
    return { what: "", format: (days) => formats.duration(days * DAY_MS), worse: "lower" };
  }
  if (type === "health") return { what: texts.score, format: formats.whole, worse: "lower" };
  if (type !== "metric" && type !== "unusual") return null;
  const key = facts.text ?? "";
  if (hasOwn(METRICS, key)) return measuredBy(METRICS[key], texts.metric[key], formats);
  const metric = isLabelledKey(key) ? LABELLED_METRICS_BY_KEY.get(key) : undefined;
  if (metric && isLabelledKey(key))
    return measuredBy(metric, seriesName(key, instance ?? "", texts), formats);
  // A metric that this program does not know has no unit.
  return { what: ruleName ?? texts.unnamed.alarm, format: formats.oneDigit, worse: undefined };
}

function measuredBy({ unit, worse }: Metric, what: string, formats: AlarmFormats): Measured {
  return { what, format: formats.ofUnit(unit), worse };
}

function seriesName(key: LabelledMetricKey, instance: string, texts: AlarmTexts): string {
  const names: Record<LabelledMetricKey, string> = {
    "fileSystem.used": texts.series.fileSystem.used,
    "fileSystem.free": texts.series.fileSystem.free,
    "networkInterface.in": texts.series.networkInterface.in,
    "networkInterface.out": texts.series.networkInterface.out,
  };
  return filled(names[key], { instance });
}

function valueText(
  { value, threshold }: AlarmFacts,
  { what, format, worse }: Measured,
  { texts, device }: { texts: AlarmTexts; device: string },
): AlarmText {
  const values = {
    what,
    device,
    ...(value !== undefined && { value: format(value) }),
    ...(threshold !== undefined && { threshold: format(threshold) }),
  };
  const isBelow =
    value === undefined || value === threshold ? worse === "lower" : value < (threshold ?? value);
  const level = isBelow ? texts.level.below : texts.level.above;
  const title = threshold === undefined ? what : filled(level, values);
  if (value === undefined) return { title, sentence: filled(texts.sentence.about, { device, text: title }) };
  const sentence = threshold === undefined ? texts.sentence.value : texts.sentence.limit;
  return { title, sentence: filled(sentence, values) };
}

function isLabelledKey(key: string): key is LabelledMetricKey {
  return INSTANCE_KINDS.some((kind) => key.startsWith(`${kind}.`));
}

function hasOwn<Named extends object>(named: Named, key: string): key is keyof Named & string {
  return Object.hasOwn(named, key);
}
