const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const USUAL_S = [10 * MINUTE_S, HOUR_S, 8 * HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S] as const;

/** Spans of validity to choose from, in seconds, rising; the action's own is always among them. */
export function validityChoices(ownS: number): number[] {
  return [...new Set([...USUAL_S, ownS])].toSorted((one, other) => one - other);
}
