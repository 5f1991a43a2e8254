import type { AvailabilityDay, AvailabilityTotal } from "@muster/shared/contracts/availability.ts";
import { useTranslations } from "../../i18n/translations.tsx";

/** What a day of the bar says: the date in UTC, and each part that it has. */
export function useDayText(): (day: AvailabilityDay) => string {
  const { t, formats } = useTranslations();
  const totalText = useTotalText();
  return (day) => {
    const date = formats.utcDay(`${day.day}T00:00:00Z`);
    return t("availability.day", { day: date, text: totalText(day) });
  };
}

/** The percentage, then the parts that are not up. */
export function useTotalText(): (total: AvailabilityTotal) => string {
  const { t, formats } = useTranslations();
  return ({ percent, excusedS, downS, unknownS, upS }) => {
    if (upS + excusedS + downS + unknownS === 0) return t("availability.notRecorded");
    const part = (name: "down" | "excused" | "unknown", seconds: number) =>
      seconds === 0 ? [] : [t(`availability.${name}For`, { time: formats.duration(seconds * 1_000) })];
    return formats.list([
      ...(percent === null ? [] : [t("availability.available", { percent: formats.percentDown(percent) })]),
      ...part("down", downS),
      ...part("excused", excusedS),
      ...part("unknown", unknownS),
    ]);
  };
}
