import { z } from "zod";
import { line, lines } from "../contracts/text.ts";
import { defineAction } from "./define-action.ts";

export const message = defineAction({
  type: "message",
  label: "Message",
  description: "Shows a text to everybody who is logged in.",
  impact: "none",
  scope: "act",
  role: "operator",
  payload: z.strictObject({
    title: line(120).meta({ label: "Title" }),
    text: lines(4000).min(1).meta({ label: "Text" }),
    urgency: z
      .enum(["low", "normal", "urgent"])
      .default("normal")
      .meta({
        label: "Urgency",
        choices: {
          low: "Low",
          normal: "Normal",
          urgent: "Urgent",
        },
      }),
    /** Up to five answers; the one that is pressed comes back with the result. */
    buttons: z.array(line(40)).max(5).default([]).meta({
      label: "Buttons",
      hint: "Answers to choose from, Enter adds one. The one that is pressed comes back.",
    }),
  }),
  result: z.strictObject({
    /** Sessions that it was shown in, and how. */
    shown: z
      .array(z.strictObject({ user: line(120), by: line(40) }))
      .max(100)
      .meta({ label: "Shown to" }),
    /** Sessions that it was not shown in, and why: "locked", "no display". */
    notShown: z
      .array(z.strictObject({ user: line(120), reason: line(200) }))
      .max(100)
      .meta({ label: "Not shown to" }),
    pressed: line(40).nullable().default(null).meta({ label: "Pressed" }),
  }),
  validForS: 7 * 86_400,
  timeoutS: 600,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: false,
});
