/** A day of a calendar. `key` is the local date, as in "2026-03-29". */
export type CalendarDay = { key: string; start: Date; isInMonth: boolean };

/** The weeks of a month, each from Monday to Sunday, in local time. `month` counts from 0 and may be beyond the year. */
export function weeksOf(year: number, month: number): CalendarDay[][] {
  const first = new Date(year, month, 1);
  const back = (first.getDay() + 6) % 7;
  const weeks: CalendarDay[][] = [];
  for (let offset = -back; weeks.length === 0 || isBefore(first, offset); offset += 7) {
    weeks.push(Array.from({ length: 7 }, (_, day) => dayOf(first, offset + day)));
  }
  return weeks;
}

/** The local date of an instant. */
export function dateKey(date: Date): string {
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

function isBefore(first: Date, offset: number): boolean {
  return new Date(first.getFullYear(), first.getMonth(), 1 + offset).getMonth() === first.getMonth();
}

function dayOf(first: Date, offset: number): CalendarDay {
  const start = new Date(first.getFullYear(), first.getMonth(), 1 + offset);
  return { key: dateKey(start), start, isInMonth: start.getMonth() === first.getMonth() };
}
