import { z } from "zod";

/** What happens to the ticket of an alarm that is over. */
export const WhenOver = z
  .enum(["close", "note"])
  .default("close")
  .meta({
    label: "When the alarm ends",
    choices: { close: "Add a note and close the ticket", note: "Only add a note" },
  });

/** A name that another system knows, on one line. */
export const ForeignName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(150)
  .regex(/^[^\p{Cc}]+$/u, "must be one line");

/** A token for a header: visible ASCII without spaces. */
export const HeaderToken = z
  .string()
  .max(500)
  .regex(/^[\x21-\x7e]+$/, "must be a token without spaces");
