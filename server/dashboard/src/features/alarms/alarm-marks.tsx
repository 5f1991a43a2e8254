import { VisuallyHidden } from "@mantine/core";
import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import type { Formats } from "@muster/shared/i18n/formats.ts";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import type { ChartBand } from "../device/chart-options.ts";
import { SEVERITY_COLOURS } from "./alarm-severity.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

const NEWEST = 200;

/** The newest alarms of a device. */
function useAlarmsOfDevice(deviceId: string): readonly Alarm[] | undefined {
  return useQuery(queries.alarms({ deviceId, state: "all", sort: "opened", limit: NEWEST })).data?.items;
}

export function bandOf({ openedAt, endedAt, severity }: Alarm, isFilled: boolean): ChartBand {
  return {
    fromMs: Date.parse(openedAt),
    toMs: endedAt === null ? null : Date.parse(endedAt),
    colour: SEVERITY_COLOURS[severity],
    isFilled,
  };
}

/** The newest alarms of a device as marks in its charts, the worst drawn last. */
export function useAlarmBands(deviceId: string): readonly ChartBand[] {
  const alarms = useAlarmsOfDevice(deviceId);
  return useMemo(() => {
    const order = ["info", "warning", "critical"];
    const sorted = (alarms ?? []).toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
    return sorted.map((alarm) => bandOf(alarm, false));
  }, [alarms]);
}

type AlarmMarksProps = { deviceId: string; fromMs: number; toMs: number; formats: Formats };

/** What the marks are; for screen readers each alarm of the span with its times. Times are in the zone of the charts. */
export function AlarmMarks({ deviceId, fromMs, toMs, formats }: AlarmMarksProps) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  const shown = (useAlarmsOfDevice(deviceId) ?? []).filter(
    ({ openedAt, endedAt }) =>
      Date.parse(openedAt) <= toMs && (endedAt === null || Date.parse(endedAt) >= fromMs),
  );
  if (shown.length === 0) return null;
  return (
    <>
      <span>{t("alarmPages.device.marks")}</span>
      <VisuallyHidden>
        <ul aria-label={t("alarmPages.device.marksLabel")}>
          {shown.map((alarm) => {
            const { openedAt, endedAt } = alarm;
            const common = {
              severity: t(`alarms.severity.${alarm.severity}`),
              title: textOf(alarm).title,
              from: formats.minute(openedAt),
            };
            return (
              <li key={alarm.id}>
                {endedAt === null
                  ? t("alarmPages.device.markOpen", common)
                  : t("alarmPages.device.mark", { ...common, to: formats.minute(endedAt) })}
              </li>
            );
          })}
        </ul>
      </VisuallyHidden>
    </>
  );
}
