import {
  type AlarmText,
  alarmTextOf,
  alarmValuesOf,
  type DescribedAlarm,
  endReasonText,
} from "@muster/shared/alarms/alarm-text.ts";
import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useMemo } from "react";
import { alarmTextsOf } from "../../i18n/i18n.ts";
import { useFormats } from "../../i18n/translations.tsx";

/** How alarms are written in the reader's language. The texts are not escaped, and may name what a device said. */
export function useAlarmText() {
  const formats = useFormats();
  return useMemo(() => {
    const texts = alarmTextsOf(formats.language);
    const describedOf = ({ type, facts, instance, device, rule }: Alarm) => ({
      type,
      facts,
      instance,
      deviceName: device?.name ?? null,
      ruleName: rule?.name ?? null,
    });
    return {
      /** What is wrong. Before the texts of the language are there, in English. */
      textOf: (alarm: Alarm): AlarmText =>
        texts
          ? alarmTextOf(describedOf(alarm), { texts, formats })
          : { title: alarm.title, sentence: alarm.text },
      /** The title of what a delivery knows of an alarm. */
      titleOf: (alarm: DescribedAlarm & { title: string }): string =>
        texts ? alarmTextOf(alarm, { texts, formats }).title : alarm.title,
      valuesOf: (alarm: Alarm) =>
        texts
          ? alarmValuesOf(describedOf(alarm), { texts, formats })
          : { value: null, threshold: null, format: null },
      /** Why an alarm ended; empty while it is open. */
      endOf: ({ endReason, endedBy }: Pick<Alarm, "endReason" | "endedBy">): string =>
        texts && endReason !== null ? endReasonText({ reason: endReason, name: endedBy }, texts) : "",
    };
  }, [formats]);
}
