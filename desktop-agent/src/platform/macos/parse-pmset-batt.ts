import { chargePercentOf, parseCount } from "../reading-values.ts";

/** Reads `pmset -g batt`: the charge of the built-in battery in percent; null without one. */
export function parsePmsetBatt(text: string): number | null {
  return chargePercentOf(parseCount(/InternalBattery-\d+.*?\s(\d{1,5})%;/.exec(text)?.[1])) ?? null;
}
