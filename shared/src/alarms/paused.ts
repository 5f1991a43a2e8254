import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { lastingField, severityField } from "./fact-settings.ts";

export const paused = defineAlarmType({
  type: "paused",
  label: "Paused",
  description: "Opens an alarm when a local user has paused the agent for some time.",
  settings: z.strictObject({
    severity: severityField("warning"),
    forS: lastingField(86_400),
  }),
  condition: ({ severity, forS }) => ({
    watches: "device",
    severity,
    forMs: forS * 1000,
    holds: ({ isPaused }) => isPaused,
  }),
});
