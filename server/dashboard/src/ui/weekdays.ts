import type { ActiveHours } from "@muster/shared/alarms/active-hours.ts";
import type { Formats } from "@muster/shared/i18n/formats.ts";

/** Days of the week in their order: 1 is Monday, 7 is Sunday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The name of a day of the week. */
export function weekdayName(language: string, day: number, width: "short" | "long" = "short"): string {
  const format = new Intl.DateTimeFormat(language, { weekday: width, timeZone: "UTC" });
  // The first of January 2024 was a Monday.
  return format.format(Date.UTC(2024, 0, day));
}

/** Days as runs: "Mon–Fri", "Sat, Sun". */
export function weekdaysText(language: string, days: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const day of days.toSorted((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run && run.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs
    .flatMap(({ first, last }) => {
      const ends = [...new Set([first, last])].map((day) => weekdayName(language, day));
      return last - first > 1 ? [ends.join("–")] : ends;
    })
    .join(", ");
}

/** Ranges of local time: "Mon–Fri 08:00–18:00 and Sat 09:00–12:00". */
export function hourRangesText(
  { language, list }: Pick<Formats, "language" | "list">,
  ranges: ActiveHours["ranges"],
): string {
  return list(ranges.map(({ days, start, end }) => `${weekdaysText(language, days)} ${start}–${end}`));
}
