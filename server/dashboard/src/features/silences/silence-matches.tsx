import type { SilenceMatches } from "@muster/shared/contracts/silence.ts";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import { useAlarmText } from "../alarms/use-alarm-text.ts";
import classes from "./silences.module.css";

/** How many open alarms a silence matches, and the worst of them. */
export function MatchList({ matches: { count, first } }: { matches: SilenceMatches }) {
  const { t } = useTranslations();
  const { textOf } = useAlarmText();
  return (
    <div className={classes.stack}>
      <span>{t("silences.matches", { count })}</span>
      {first.length > 0 && (
        <ul className={classes.matches}>
          {first.map((alarm) => (
            <li key={alarm.id}>
              <Link href={`/alarms/${alarm.id}`} className={classes.link}>
                <bdi>{textOf(alarm).title}</bdi>
              </Link>
              {alarm.device && <bdi className={classes.dim}>{plainName(alarm.device.name)}</bdi>}
            </li>
          ))}
          {count > first.length && (
            <li className={classes.dim}>{t("silences.more", { count: count - first.length })}</li>
          )}
        </ul>
      )}
    </div>
  );
}
