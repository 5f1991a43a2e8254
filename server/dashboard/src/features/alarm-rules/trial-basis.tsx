import type { AlarmRuleTrial } from "@muster/shared/contracts/alarm-rule-trial.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./trial.module.css";

const STEPS_MS = { "5m": 300_000, "1h": 3_600_000, "1d": 86_400_000 } as const;

/** What a trial is based on, what it left out, and the rules that stand in its way. */
export function TrialBasis({ trial }: { trial: AlarmRuleTrial }) {
  const { t } = useTranslations();
  const basis = useBasisTexts(trial);
  return (
    <div className={classes.basis}>
      {[...trial.overriddenBy, ...trial.overrides].length > 0 && (
        <ul>
          {trial.overriddenBy.map(({ id, name, devices: count }) => (
            <li key={id}>{t("alarmRules.trial.shadows", { name, count })}</li>
          ))}
          {trial.overrides.map(({ id, name, devices: count }) => (
            <li key={id}>{t("alarmRules.trial.overrides", { name, count })}</li>
          ))}
        </ul>
      )}
      {basis.length > 0 && <h3>{t("alarmRules.trial.basis")}</h3>}
      <ul>
        {basis.map((text) => (
          <li key={text}>{text}</li>
        ))}
        {trial.untried.map(({ reason, devices: count }) => (
          <li key={reason}>{t(`alarmRules.trial.untried.${reason}`, { count })}</li>
        ))}
      </ul>
    </div>
  );
}

function useBasisTexts({ basis, resolutions, triedDevices }: AlarmRuleTrial): string[] {
  const { t, formats } = useTranslations();
  if (triedDevices === 0) return [];
  const tried = t("alarmRules.trial.tried", { count: triedDevices });
  if (basis === "outages") return [tried, t("alarmRules.trial.presence")];
  const steps = resolutions.flatMap((one) => (one === "raw" ? [] : [formats.duration(STEPS_MS[one])]));
  const step = formats.list(steps);
  const isRaw = resolutions.includes("raw");
  const values =
    steps.length === 0
      ? isRaw
        ? [t("alarmRules.trial.raw")]
        : []
      : [t(isRaw ? "alarmRules.trial.rawAndCoarse" : "alarmRules.trial.coarse", { step })];
  return [tried, ...values, t("alarmRules.trial.gaps"), t("alarmRules.trial.late")];
}
