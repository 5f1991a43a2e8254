import { parseCount } from "../figures.ts";

/** Reads `pmset -g batt`: the charge of the built-in battery in percent; null without one. */
export function parsePmsetBatt(text: string): number | null {
  const percent = parseCount(/InternalBattery-\d+.*?\s(\d{1,3})%;/.exec(text)?.[1]);
  return percent === undefined ? null : Math.min(100, percent);
}
