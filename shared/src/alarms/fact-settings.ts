import { z } from "zod";
import { AlarmSeverity } from "../contracts/alarm.ts";

const MAX_DURATION_S = 365 * 86_400;

/** How bad an alarm of a type is that has no levels. */
export function severityField(suggested: AlarmSeverity) {
  return AlarmSeverity.default(suggested).meta({
    label: "Severity",
    choices: { info: "Info", warning: "Warning", critical: "Critical" },
  });
}

/** How long something must last before it opens an alarm, in seconds of observed time. */
export function lastingField(defaultS: number) {
  return z.number().int().min(0).max(MAX_DURATION_S).default(defaultS).meta({ label: "For (seconds)" });
}
