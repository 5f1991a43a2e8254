import type { Formats } from "@muster/shared/i18n/formats.ts";
import { formatWhen } from "./format-when.ts";

/** A value to be formatted for a text: percent from 0 to 100, bytes, or a time in epoch milliseconds. */
export type AdviceValue = { as: "percent" | "bytes" | "moment"; value: number };

/** The placeholders that a text of the advice can use. */
type AdviceValueName = "used" | "left" | "time";
export type AdviceValues = Readonly<Partial<Record<AdviceValueName, AdviceValue>>>;

/** The values formatted for the placeholders of a text; missing ones are empty. */
export function formatAdviceValues(
  { used, left, time }: AdviceValues,
  formats: Formats,
  nowMs: number,
): Record<AdviceValueName, string> {
  const format = (value: AdviceValue | undefined) => (value ? formatAdviceValue(value, formats, nowMs) : "");
  return { used: format(used), left: format(left), time: format(time) };
}

function formatAdviceValue({ as, value }: AdviceValue, formats: Formats, nowMs: number): string {
  switch (as) {
    case "percent":
      return formats.percent(value);
    case "bytes":
      return formats.bytes(value);
    case "moment":
      return formatWhen(value, nowMs, formats);
  }
}
