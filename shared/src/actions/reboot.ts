import { z } from "zod";
import { line, lines } from "../contracts/text.ts";
import { defineAction } from "./define-action.ts";

export const reboot = defineAction({
  type: "reboot",
  label: "Reboot",
  description: "Restarts the operating system. Completes when the machine reports again after the reboot.",
  impact: "work",
  scope: "reboot",
  role: "operator",
  payload: z.strictObject({
    /** Minutes from the start until the machine goes down. */
    delayMinutes: z
      .number()
      .int()
      .min(0)
      .max(1440)
      .default(1)
      .meta({ label: "Delay (minutes)", suggested: 15 }),
    message: lines(500).default("").meta({ label: "Message to the user" }),
    /** How often the local user may postpone it. */
    postponements: z.number().int().min(0).max(10).default(0).meta({
      label: "Postponements allowed",
      suggested: 2,
      hint: "0: the user cannot postpone the reboot.",
    }),
    /** Hours after the start beyond which it cannot be postponed. */
    postponableHours: z
      .number()
      .int()
      .min(0)
      .max(72)
      .default(0)
      .meta({ label: "Can be postponed for (hours)", suggested: 8 }),
  }),
  result: z.strictObject({
    bootIdBefore: line(64).meta({ label: "Boot ID before" }),
    bootIdAfter: line(64).meta({ label: "Boot ID after" }),
  }),
  validForS: 3600,
  timeoutS: 15 * 60,
  timeoutError: "not-back",
  needsNewBoot: true,
  isCoalesced: true,
});
