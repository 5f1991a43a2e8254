import { ActionIcon } from "@mantine/core";
import type { MaintenanceCalendar } from "@muster/shared/contracts/maintenance-window.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { WEEKDAYS, weekdayName } from "../../ui/weekdays.ts";
import classes from "./maintenance.module.css";
import { type CalendarDay, dateKey, weeksOf } from "./month-days.ts";

type Item = MaintenanceCalendar["items"][number];
type MonthCalendarProps = { onOpen: ((windowId: string) => void) | null };

/** The occurrences of a month in the viewer's time: a table, or an agenda where there is no room for it. */
export function MonthCalendar({ onOpen }: MonthCalendarProps) {
  const { t, formats } = useTranslations();
  const [month, setMonth] = useState(() => new Date(new Date().getFullYear(), new Date().getMonth(), 1));
  const [today] = useState(() => dateKey(new Date()));
  const weeks = weeksOf(month.getFullYear(), month.getMonth());
  const days = weeks.flat();
  const from = days.at(0)?.start.toISOString() ?? "";
  const last = days.at(-1)?.start ?? month;
  const to = new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1).toISOString();
  const calendar = useQuery({
    queryKey: ["maintenance-calendar", from, to],
    queryFn: ({ signal }) =>
      callApi("maintenanceCalendar", paths.maintenanceCalendar, { query: { from, to }, signal }),
    placeholderData: keepPreviousData,
  });
  const byDay = Map.groupBy(calendar.data?.items ?? [], ({ startsAt }) => dateKey(new Date(startsAt)));
  const monthName = new Intl.DateTimeFormat(formats.language, { month: "long", year: "numeric" }).format(
    month,
  );
  const step = (by: number) => setMonth(new Date(month.getFullYear(), month.getMonth() + by, 1));
  return (
    <section className={classes.calendar} aria-label={t("maintenance.calendar")}>
      <header className={classes.month}>
        <ActionIcon
          variant="default"
          size={32}
          aria-label={t("maintenance.previousMonth")}
          onClick={() => step(-1)}
        >
          <ChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={32}
          aria-label={t("maintenance.nextMonth")}
          onClick={() => step(1)}
        >
          <ChevronRight size={16} />
        </ActionIcon>
        <h2 aria-live="polite">{monthName}</h2>
      </header>
      <table className={classes.grid} aria-label={monthName}>
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th key={day} scope="col">
                {weekdayName(formats.language, day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.key}>
              {week.map((day) => (
                <DayCell
                  key={day.key}
                  day={day}
                  isToday={day.key === today}
                  items={byDay.get(day.key) ?? []}
                  onOpen={onOpen}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Agenda days={days.filter(({ isInMonth }) => isInMonth)} byDay={byDay} onOpen={onOpen} />
    </section>
  );
}

type DayCellProps = MonthCalendarProps & { day: CalendarDay; isToday: boolean; items: readonly Item[] };

function DayCell({ day, isToday, items, onOpen }: DayCellProps) {
  return (
    <td data-other={!day.isInMonth || undefined} aria-current={isToday ? "date" : undefined}>
      <span className={classes.date}>{day.start.getDate()}</span>
      {items.map((item) => (
        <CalendarItem key={`${item.windowId} ${item.startsAt}`} item={item} onOpen={onOpen} />
      ))}
    </td>
  );
}

type AgendaProps = MonthCalendarProps & {
  days: readonly CalendarDay[];
  byDay: ReadonlyMap<string, readonly Item[]>;
};

function Agenda({ days, byDay, onOpen }: AgendaProps) {
  const { t, formats } = useTranslations();
  const format = new Intl.DateTimeFormat(formats.language, {
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  const filled = days.filter(({ key }) => byDay.has(key));
  if (filled.length === 0) return <p className={classes.agenda}>{t("maintenance.nothing")}</p>;
  return (
    <ol className={classes.agenda}>
      {filled.map(({ key, start }) => (
        <li key={key}>
          <span className={classes.dim}>{format.format(start)}</span>
          {byDay.get(key)?.map((item) => (
            <CalendarItem key={`${item.windowId} ${item.startsAt}`} item={item} onOpen={onOpen} />
          ))}
        </li>
      ))}
    </ol>
  );
}

function CalendarItem({ item, onOpen }: MonthCalendarProps & { item: Item }) {
  const { formats } = useTranslations();
  const { name, startsAt, endsAt, windowId } = item;
  const text = (
    <>
      <span className={classes.hours}>
        {formats.clock(startsAt)}–{formats.clock(endsAt)}
      </span>{" "}
      <bdi>{name}</bdi>
    </>
  );
  if (onOpen === null) return <span className={classes.item}>{text}</span>;
  return (
    <button type="button" className={classes.item} onClick={() => onOpen(windowId)}>
      {text}
    </button>
  );
}
