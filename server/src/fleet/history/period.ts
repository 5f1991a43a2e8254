export const FIVE_MINUTES_MS = 300_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const HOURS_A_DAY = 24;

/** Hours since the epoch, in UTC; likewise days. */
export function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS);
}

export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** Months since January 1970, in UTC. */
export function monthOf(time: number): number {
  const date = new Date(time);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}
