import { z } from "zod";
import { line, lines } from "../contracts/text.ts";
import { defineAction } from "./define-action.ts";

export const message = defineAction({
  type: "message",
  label: "Message",
  description: "Shows a text to all logged-in users.",
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
    /** Up to five replies; the result names the one that was pressed. */
    buttons: z.array(line(40)).max(5).default([]).meta({
      label: "Buttons",
      hint: "Replies to choose from. Press Enter after each. The result shows which one was pressed.",
    }),
  }),
  result: z.strictObject({
    /** The sessions that showed it, and how. */
    shown: z
      .array(
        z.strictObject({ user: line(120).meta({ label: "User" }), by: line(40).meta({ label: "Shown by" }) }),
      )
      .max(100)
      .meta({ label: "Shown to" }),
    /** The sessions that did not show it, and why: "locked", "no display". */
    notShown: z
      .array(
        z.strictObject({
          user: line(120).meta({ label: "User" }),
          reason: line(200).meta({ label: "Reason" }),
        }),
      )
      .max(100)
      .meta({ label: "Not shown to" }),
    pressed: line(40).nullable().default(null).meta({ label: "Reply" }),
  }),
  validForS: 7 * 86_400,
  timeoutS: 600,
  timeoutError: "no-result",
  needsNewBoot: false,
  isCoalesced: false,
});
