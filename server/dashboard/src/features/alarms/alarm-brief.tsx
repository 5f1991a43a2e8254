import type { Alarm } from "@muster/shared/contracts/alarm.ts";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import rowList from "../../ui/row-list.module.css";
import { StateIcon } from "../../ui/state-icon.tsx";
import classes from "./alarm-page.module.css";
import { SEVERITY_STATES } from "./alarm-severity.tsx";
import { useAlarmText } from "./use-alarm-text.ts";

type AlarmBriefsProps = { label: string; alarms: readonly Alarm[]; hasDevice: boolean };

/** Alarms in one line each, for lists beside something else. */
export function AlarmBriefs({ label, alarms, hasDevice }: AlarmBriefsProps) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  if (alarms.length === 0) return <p className={classes.hint}>{t("alarmPages.page.nothing")}</p>;
  return (
    <ul className={rowList.list} aria-label={label}>
      {alarms.map((alarm) => (
        <li key={alarm.id} className={classes.brief}>
          <StateIcon state={SEVERITY_STATES[alarm.severity]} size={14} />
          <span>
            <Link href={`/alarms/${alarm.id}`} className={classes.link}>
              <bdi>{textOf(alarm).title}</bdi>
            </Link>
            {hasDevice && alarm.device && (
              <span className={classes.dim}>
                {" "}
                <bdi>{plainName(alarm.device.name)}</bdi>
              </span>
            )}
          </span>
          <span className={classes.when}>
            <RelativeTime at={alarm.openedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
