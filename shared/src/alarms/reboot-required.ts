import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { lastingField, severityField } from "./fact-settings.ts";

export const rebootRequired = defineAlarmType({
  type: "reboot-required",
  label: "Reboot required",
  description: "Opens an alarm when a device has needed a reboot for some time.",
  settings: z.strictObject({
    severity: severityField("warning"),
    forS: lastingField(604_800),
  }),
  condition: ({ severity, forS }) => ({
    watches: "device",
    severity,
    forMs: forS * 1000,
    holds: ({ isRebootRequired }) => isRebootRequired,
  }),
});
