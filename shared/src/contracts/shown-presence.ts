import { z } from "zod";

/** The state to show. The first that applies of: maintenance, expired, last word, offline, late, online. `waiting` before the first report. */
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
