/** Days of the week in their order: 1 is Monday, 7 is Sunday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The name of a day of the week. */
export function weekdayName(language: string, day: number, width: "short" | "long" = "short"): string {
  const format = new Intl.DateTimeFormat(language, { weekday: width, timeZone: "UTC" });
  // The first of January 2024 was a Monday.
  return format.format(Date.UTC(2024, 0, day));
}

/** Days in a few characters, such as "Mon–Fri" or "Mon, Wed". */
export function weekdaysText(language: string, days: readonly number[]): string {
  const sorted = days.toSorted((one, other) => one - other);
  const first = sorted.at(0) ?? 1;
  const last = sorted.at(-1) ?? 1;
  const isRange = sorted.length > 2 && last - first === sorted.length - 1;
  const shown = isRange ? [first, last] : sorted;
  return shown.map((day) => weekdayName(language, day)).join(isRange ? "–" : ", ");
}
