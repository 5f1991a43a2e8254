import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { lastingField, severityField } from "./fact-settings.ts";

export const attention = defineAlarmType({
  type: "attention",
  label: "Needs attention",
  description: "Opens an alarm when a device needs attention, whatever the reason.",
  settings: z.strictObject({
    /** From this level on. */
    level: z
      .enum(["warn", "critical"])
      .default("critical")
      .meta({ label: "From level", choices: { warn: "Warning", critical: "Critical" } }),
    severity: severityField("critical"),
    forS: lastingField(300),
  }),
  condition: ({ level, severity, forS }) => ({
    watches: "device",
    severity,
    forMs: forS * 1000,
    holds: ({ attention: found }) => found === "critical" || found === level,
    textOf: ({ attention: found }) => found,
  }),
});
