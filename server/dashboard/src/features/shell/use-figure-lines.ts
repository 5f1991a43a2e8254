import type { FleetSummary } from "@muster/shared/contracts/device.ts";
import { useMemo } from "react";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import type { OfflineFigures } from "./offline-figures.ts";

/** Stands for the age, which the page computes. */
const TIME = "\u0001";

/** The figures of the fleet in the present language, for the page that is shown without the server. */
export function useFigureLines(summary: FleetSummary | undefined): OfflineFigures | null {
  const { t, formats } = useTranslations();
  return useMemo(() => {
    if (!summary) return null;
    const { total, health } = summary;
    const lines: [string, number][] = [
      [t("shell.offline.total"), total],
      [t("states.attention.critical"), health.critical],
      [t("states.attention.warn"), health.warn],
      [t("states.attention.none"), health.ok],
    ];
    return {
      language: currentLanguage(),
      title: t("shell.offline.title"),
      text: t("shell.offline.text"),
      age: t("shell.offline.age", { time: TIME }),
      retry: t("shell.action.retry"),
      lines: lines.map(([label, value]) => ({ label, value: formats.whole(value) })),
    };
  }, [summary, t, formats]);
}
