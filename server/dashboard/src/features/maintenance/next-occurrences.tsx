import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { clockChangeOf, localTime } from "./clock-change.ts";
import classes from "./maintenance.module.css";
import { isComplete, type ScheduleForm, scheduleToSend } from "./window-form.ts";

const TYPING_MS = 250;

/** The next times of a schedule as the server computes them, with what a change of the clock does to each. */
export function NextOccurrences({ schedule }: { schedule: ScheduleForm }) {
  const { t, formats } = useTranslations();
  const [settled] = useDebouncedValue(schedule, TYPING_MS);
  const preview = useQuery({
    queryKey: ["maintenance-preview", settled],
    queryFn: ({ signal }) =>
      callApi("maintenancePreview", paths.maintenancePreview, {
        method: "POST",
        body: { schedule: scheduleToSend(settled) },
        signal,
      }),
    enabled: isComplete(settled),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const items = preview.data?.items;
  if (!items || preview.error) return null;
  const zoned = new Intl.DateTimeFormat(formats.language, {
    dateStyle: "full",
    timeStyle: "short",
    ...(settled.kind !== "once" && { timeZone: settled.zone }),
  });
  return (
    <section className={classes.occurrences} aria-label={t("maintenance.occurrences")}>
      <h3>{t("maintenance.occurrences")}</h3>
      {items.length === 0 && <StateLabel state="warn">{t("maintenance.noOccurrence")}</StateLabel>}
      <ol>
        {items.map((occurrence) => {
          const change = settled.kind === "once" ? null : clockChangeOf(occurrence, settled);
          const time = localTime(Date.parse(occurrence.startsAt), settled.zone);
          return (
            <li key={occurrence.startsAt}>
              <time dateTime={occurrence.startsAt}>{zoned.format(new Date(occurrence.startsAt))}</time>
              {change !== null && (
                <StateLabel state="warn">
                  <span>{t(`maintenance.${change}`, { time })}</span>
                </StateLabel>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
