/** Ends of a snooze or an acknowledgement to choose from: hours from now, or a morning. */
export const TIME_CHOICES = ["1", "4", "12", "tomorrow", "24", "monday", "168", "720"] as const;
export type TimeChoice = (typeof TIME_CHOICES)[number];

const MORNING_HOUR = 8;
const MONDAY = 1;

/** The instant that a choice stands for at `nowMs`, in the viewer's time zone. */
export function timeOfChoice(choice: TimeChoice, nowMs: number): string {
  const now = new Date(nowMs);
  const morningIn = (days: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_HOUR).toISOString();
  if (choice === "tomorrow") return morningIn(1);
  if (choice === "monday") return morningIn((MONDAY - now.getDay() + 7) % 7 || 7);
  return new Date(nowMs + Number(choice) * 3_600_000).toISOString();
}

/** What a field for a date and a time contains, as an instant; null for what is none. */
export function instantOfField(value: string): string | null {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
