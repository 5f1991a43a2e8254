import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useRelativeTime } from "../../ui/relative-time.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

/** What an alarm is at the moment, in words: open, acknowledged, muted, unstable, or how it ended. */
export function AlarmState({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslations();
  const states = useAlarmStates();
  const { endOf } = useAlarmText();
  const ended = useRelativeTime(alarm.endedAt);
  if (alarm.state === "ended")
    return <bdi>{t("alarmPages.is.ended", { reason: endOf(alarm), time: ended })}</bdi>;
  return states(alarm).map((text, index) => (
    <span key={text}>
      {index > 0 && " · "}
      <bdi>{text}</bdi>
    </span>
  ));
}

/** The states of an open alarm as texts. */
function useAlarmStates() {
  const { t, formats } = useTranslations();
  return ({ acknowledgement, mutedBy, mutingDevice, snoozedUntil, isUnstable }: Alarm): string[] => {
    const texts: string[] = [];
    if (acknowledgement !== null) {
      const { by: name, until } = acknowledgement;
      texts.push(
        until === null
          ? t("alarmPages.is.acknowledgedBy", { name })
          : t("alarmPages.is.acknowledgedUntil", { name, time: formats.minute(until) }),
      );
    }
    if (mutedBy === "snooze" && snoozedUntil !== null) {
      texts.push(t("alarmPages.is.snoozed", { time: formats.minute(snoozedUntil) }));
    }
    if (mutedBy !== null && mutedBy !== "snooze" && mutedBy !== "dependency")
      texts.push(t(`alarmPages.is.${mutedBy}`));
    if (mutedBy === "dependency") {
      texts.push(
        mutingDevice === null
          ? t("alarmPages.is.dependencyHidden")
          : t("alarmPages.is.dependency", { name: plainName(mutingDevice.name) }),
      );
    }
    if (isUnstable) texts.push(t("alarmPages.is.unstable"));
    return texts.length > 0 ? texts : [t("alarmPages.is.open")];
  };
}
