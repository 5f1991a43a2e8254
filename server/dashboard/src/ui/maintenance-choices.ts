import { useTranslations } from "../i18n/translations.tsx";

const HOURS = [1, 4, 12] as const;
const DAYS = [1, 3, 7, 30] as const;

/** Spans of maintenance to choose from; values are hours, "0" ends it. */
export function useMaintenanceChoices(): { value: string; label: string }[] {
  const { t } = useTranslations();
  return [
    ...HOURS.map((count) => ({ value: String(count), label: t("fleet.maintenance.hours", { count }) })),
    ...DAYS.map((count) => ({ value: String(count * 24), label: t("fleet.maintenance.days", { count }) })),
    { value: "0", label: t("fleet.maintenance.end") },
  ];
}

/** When a span of hours that begins now ends; null ends maintenance now. */
export function maintenanceEnd(hours: string, nowMs: number): string | null {
  const count = Number(hours);
  return count === 0 ? null : new Date(nowMs + count * 3_600_000).toISOString();
}
