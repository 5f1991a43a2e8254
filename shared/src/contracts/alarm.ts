import { z } from "zod";

/** How bad an alarm is. */
export const AlarmSeverity = z.enum(["info", "warning", "critical"]);
export type AlarmSeverity = z.infer<typeof AlarmSeverity>;
