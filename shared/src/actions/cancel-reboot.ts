import { z } from "zod";
import { defineAction } from "./define-action.ts";

export const cancelReboot = defineAction({
  type: "cancel-reboot",
  label: "Cancel reboot",
  description: "Cancels any shutdown or reboot scheduled on the machine, no matter who scheduled it.",
  impact: "none",
  scope: "reboot",
  role: "operator",
  payload: z.strictObject({}),
  result: z.strictObject({
    wasScheduled: z.boolean().meta({ label: "A reboot was scheduled" }),
  }),
  validForS: 3600,
  timeoutS: 120,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: true,
});
