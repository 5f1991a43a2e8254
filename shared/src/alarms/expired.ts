import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { lastingField, severityField } from "./fact-settings.ts";

export const expired = defineAlarmType({
  type: "expired",
  label: "Not seen for a long time",
  description: "Opens an alarm when a device has not reported for so long that it is shown as expired.",
  settings: z.strictObject({
    severity: severityField("warning"),
    forS: lastingField(0),
  }),
  condition: ({ severity, forS }) => ({
    watches: "device",
    severity,
    forMs: forS * 1000,
    holds: ({ connection }) => connection === "expired",
  }),
});
