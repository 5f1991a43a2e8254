import type { AlarmRulePackId } from "@muster/shared/contracts/alarm-rule-pack.ts";

/** The packs of rules by the systems whose alerts they are; names of products, in every language. */
export const PACK_NAMES: Readonly<Record<AlarmRulePackId, string>> = {
  muster: "Muster",
  dashfleet: "DashFleet",
  lab: "Lab",
  devopin: "Devopin",
  atlas: "ATLAS",
};
