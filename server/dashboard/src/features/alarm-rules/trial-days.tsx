import type { AlarmRuleTrial } from "@muster/shared/contracts/alarm-rule-trial.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./trial.module.css";

/** A bar for each day; its number is there for everybody who cannot see heights. */
export function TrialDays({ days }: Pick<AlarmRuleTrial, "days">) {
  const { t, formats } = useTranslations();
  const most = Math.max(1, ...days.map(({ alarms }) => alarms));
  const [first] = days;
  const last = days.at(-1);
  return (
    <figure className={classes.days}>
      <figcaption>
        {t("alarmRules.trial.perDay")} <small>{t("alarmRules.trial.utc")}</small>
      </figcaption>
      <ol>
        {days.map(({ day, alarms: count }) => {
          const text = t("alarmRules.trial.day", { day: formats.utcDay(day), count });
          return (
            <li key={day} title={text}>
              <span className={classes.hidden}>{text}</span>
              <span
                aria-hidden="true"
                className={classes.bar}
                data-empty={count === 0 || undefined}
                style={{ height: `${Math.max(count === 0 ? 2 : 8, (count / most) * 100)}%` }}
              />
            </li>
          );
        })}
      </ol>
      <div className={classes.ends} aria-hidden="true">
        <span>{first && formats.utcDay(first.day)}</span>
        <span>{last && formats.utcDay(last.day)}</span>
      </div>
    </figure>
  );
}
