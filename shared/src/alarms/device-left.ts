import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { severityField } from "./fact-settings.ts";

export const deviceLeft = defineAlarmType({
  type: "device-left",
  label: "Agent removed",
  description: "Opens an alarm when the agent of a device has left the organization.",
  settings: z.strictObject({
    severity: severityField("warning"),
  }),
  condition: ({ severity }) => ({
    watches: "device",
    severity,
    forMs: 0,
    holds: ({ hasLeft }) => hasLeft,
  }),
});
