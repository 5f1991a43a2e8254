/**
 * Availability in percent: `100 * up / (up + down)`, in any unit of time, rounded down to three decimals so that any outage makes it less
 * than 100. Excused and unknown time is in neither. Null when both are 0.
 */
export function availabilityPercent(up: number, down: number): number | null {
  if (up + down === 0) return null;
  return down === 0 ? 100 : Math.floor((100_000 * up) / (up + down)) / 1_000;
}
