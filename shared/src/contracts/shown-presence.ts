import { z } from "zod";

/** The one state that is shown, by precedence: maintenance, expired, last word, offline, late, online; waiting before the first report. */
export const ShownPresence = z.enum([
  "maintenance",
  "expired",
  "asleep",
  "shutting-down",
  "restarting",
  "agent-stopped",
  "offline",
  "late",
  "online",
  "waiting",
]);
export type ShownPresence = z.infer<typeof ShownPresence>;
