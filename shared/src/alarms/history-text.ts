import { METRICS } from "../contracts/metric-table.ts";
import type { AlarmFormats, AlarmText, AlarmTexts, DescribedAlarm } from "./described-alarm.ts";
import { filled } from "./fill-template.ts";

const DAY_MS = 86_400_000;
type Context = { texts: AlarmTexts; formats: AlarmFormats };

/** An alarm about the history of a device in words; null for any other one, and for one without its figures. */
export function historyText(alarm: DescribedAlarm, context: Context): AlarmText | null {
  return forecastText(alarm, context) ?? unusualText(alarm, context);
}

function forecastText(
  { facts, instance, deviceName, type }: DescribedAlarm,
  { texts, formats }: Context,
): AlarmText | null {
  const { forecast, value } = facts;
  if (type !== "disk-full" || !forecast || value === undefined) return null;
  const values = {
    device: deviceName ?? texts.unnamed.device,
    instance: instance ?? "",
    days: formats.duration(value * DAY_MS),
    free: formats.bytes(forecast.free),
    perDay: formats.bytes(forecast.perDay),
    history: formats.duration(forecast.days * DAY_MS),
  };
  return {
    title: filled(texts.forecast.title, values),
    sentence: filled(texts.forecast.sentence, values),
  };
}

function unusualText(
  { facts, deviceName, type }: DescribedAlarm,
  { texts, formats }: Context,
): AlarmText | null {
  const { usual, value, text = "" } = facts;
  if (type !== "unusual" || !usual || value === undefined || !isMetric(text)) return null;
  const format = formats.ofUnit(METRICS[text].unit);
  const values = {
    device: deviceName ?? texts.unnamed.device,
    what: texts.metric[text],
    value: format(value),
    low: format(usual.low),
    high: format(usual.high),
    count: formats.whole(usual.count),
  };
  return {
    title: filled(value < usual.middle ? texts.unusual.below : texts.unusual.above, values),
    sentence: filled(texts.unusual.sentence, values),
  };
}

function isMetric(key: string): key is keyof typeof METRICS {
  return Object.hasOwn(METRICS, key);
}
