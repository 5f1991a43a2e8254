import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

const DAY_MS = 86_400_000;

/** The figures behind an alarm about the history of a device, as names and values. */
export function useHistoryFacts() {
  const { t, formats } = useTranslations();
  const { valuesOf } = useAlarmText();
  return (alarm: Alarm): { name: string; value: string }[] => {
    const { forecast, usual } = alarm.facts;
    const { format } = valuesOf(alarm);
    return [
      ...(forecast
        ? [
            { name: t("alarmPages.page.perDay"), value: formats.bytes(forecast.perDay) },
            { name: t("alarmPages.page.freeThen"), value: formats.bytes(forecast.free) },
            { name: t("alarmPages.page.history"), value: formats.duration(forecast.days * DAY_MS) },
          ]
        : []),
      ...(usual && format
        ? [
            {
              name: t("alarmPages.page.usual"),
              value: t("alarmPages.page.range", { low: format(usual.low), high: format(usual.high) }),
            },
            { name: t("alarmPages.page.averages"), value: formats.whole(usual.count) },
          ]
        : []),
    ];
  };
}
