import { z } from "zod";
import { defineAlarmType } from "./define-alarm-type.ts";
import { severityField } from "./fact-settings.ts";

export const cloneSuspected = defineAlarmType({
  type: "clone-suspected",
  label: "Clone suspected",
  description: "Opens an alarm when two machines seem to use the credential of one device.",
  settings: z.strictObject({
    severity: severityField("critical"),
  }),
  condition: ({ severity }) => ({
    watches: "device",
    severity,
    forMs: 0,
    holds: ({ isCloneSuspected }) => isCloneSuspected,
  }),
});
