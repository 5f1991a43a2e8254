const TONIGHT_HOUR = 22;
const AT_LEAST_MS = 3_600_000;

/** The next 22:00 of this device's own time that is at least an hour away, in epoch milliseconds. */
export function tonightMs(nowMs: number): number {
  const tonight = new Date(nowMs);
  tonight.setHours(TONIGHT_HOUR, 0, 0, 0);
  // Not 24 hours on: the night may be an hour longer or shorter.
  if (tonight.getTime() < nowMs + AT_LEAST_MS) tonight.setDate(tonight.getDate() + 1);
  return tonight.getTime();
}
