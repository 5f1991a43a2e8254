import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { TimeSince } from "../../ui/relative-time.tsx";
import { StateIcon } from "../../ui/state-icon.tsx";
import { SEVERITY_STATES } from "../alarms/alarm-severity.tsx";
import { useAlarmText } from "../alarms/use-alarm-text.ts";
import classes from "./wall.module.css";

/** The open alarms, the worst first. Those that somebody takes care of are dimmed. */
export function WallAlarms({ alarms, total }: { alarms: readonly Alarm[]; total: number }) {
  const { t } = useTranslations();
  if (total === 0) {
    return (
      <p className={classes.calm}>
        <StateIcon state="ok" size={96} isDecorative />
        {t("wall.calm")}
      </p>
    );
  }
  return (
    <section className={classes.alarms} aria-label={t("wall.alarms")}>
      <ul>
        {alarms.map((alarm) => (
          <WallAlarm key={alarm.id} alarm={alarm} />
        ))}
      </ul>
      {total > alarms.length && <p>{t("wall.more", { count: total - alarms.length })}</p>}
    </section>
  );
}

function WallAlarm({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  const { severity, device, openedAt, acknowledgement, assignee } = alarm;
  const keeper = assignee?.name ?? acknowledgement?.by ?? null;
  return (
    <li className={classes.alarm} data-kept={keeper !== null || undefined} data-severity={severity}>
      <StateIcon state={SEVERITY_STATES[severity]} size={28} />
      <strong>
        <bdi>{textOf(alarm).title}</bdi>
      </strong>
      <bdi>{device?.name ?? ""}</bdi>
      <span>{keeper === null ? t("wall.nobody") : <bdi>{keeper}</bdi>}</span>
      <TimeSince at={openedAt} />
    </li>
  );
}
