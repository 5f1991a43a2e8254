import { alarmTextOf } from "@muster/shared/alarms/alarm-text.ts";
import type { Delivery } from "@muster/shared/contracts/delivery.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { messagesOf } from "../../i18n/i18n.ts";

/** What an alarm is called, in the language of the page. */
export function useAlarmTitle(): (alarm: NonNullable<Delivery["alarm"]>) => string {
  const { formats } = useTranslations();
  const texts = messagesOf(formats.language)?.alarms;
  return (alarm) => (texts ? alarmTextOf(alarm, { texts, formats }).title : alarm.title);
}
