import { z } from "zod";

/** Name of a set of rules that comes with Muster. */
export const AlarmRulePackId = z.enum(["muster", "dashfleet", "lab", "devopin", "atlas"]);
export type AlarmRulePackId = z.infer<typeof AlarmRulePackId>;
