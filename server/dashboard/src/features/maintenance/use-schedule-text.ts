import type { MaintenanceSchedule } from "@muster/shared/contracts/maintenance-window.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { weekdayName, weekdaysText } from "../../ui/weekdays.ts";

const MINUTE_MS = 60_000;
const NTH = ["1", "2", "3", "4"] as const;

/** Says in words when a maintenance window is open. */
export function useScheduleText(): (schedule: MaintenanceSchedule) => string {
  const { t, formats } = useTranslations();
  return (schedule) => {
    const time = formats.exactDuration(schedule.minutes * MINUTE_MS);
    if (schedule.kind === "once")
      return t("maintenance.sentence.once", { start: formats.minute(schedule.startsAt ?? 0), time });
    const when = { at: schedule.time, zone: schedule.zone, time };
    switch (schedule.kind) {
      case "weekly":
        return t("maintenance.sentence.weekly", {
          days: weekdaysText(formats.language, schedule.days),
          ...when,
        });
      case "monthly-date":
        return schedule.day === -1
          ? t("maintenance.sentence.monthly-last", when)
          : t("maintenance.sentence.monthly-date", { day: String(schedule.day), ...when });
      case "monthly-weekday":
        return t("maintenance.sentence.monthly-weekday", {
          week: t(`maintenance.nth.${NTH.find((nth) => nth === String(schedule.week)) ?? "-1"}`),
          day: weekdayName(formats.language, schedule.weekday, "long"),
          ...when,
        });
    }
  };
}
