import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { severityField } from "./fact-settings.ts";

export const actionFailed = defineAlarmType({
  type: "action-failed",
  label: "Action failed",
  description:
    "Opens an alarm when an action fails on a device. It ends when a later action of the same type succeeds.",
  settings: z.strictObject({
    severity: severityField("warning"),
  }),
  condition: ({ severity }) => ({
    watches: "device",
    severity,
    forMs: 0,
    holds: ({ failedActions }) => failedActions.length > 0,
    textOf: ({ failedActions: [type = null] }) => type,
  }),
});
