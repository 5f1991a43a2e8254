import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { lastingField, severityField } from "./fact-settings.ts";

export const offline = defineAlarmType({
  type: "offline",
  label: "Offline",
  description:
    "Opens an alarm when a device does not report although it should. Sleep, shutdown and maintenance are excused.",
  settings: z.strictObject({
    severity: severityField("critical"),
    forS: lastingField(0),
  }),
  condition: ({ severity, forS }) => ({
    watches: "device",
    severity,
    forMs: forS * 1000,
    holds: ({ isAbsent, connection }) => isAbsent && (connection === "offline" || connection === "expired"),
  }),
});
