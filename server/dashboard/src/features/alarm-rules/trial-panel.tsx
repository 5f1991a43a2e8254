import { Button } from "@mantine/core";
import type { AlarmRuleTrial } from "@muster/shared/contracts/alarm-rule-trial.ts";
import type { NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useEffect, useRef } from "react";
import { callApi } from "../../api/client.ts";
import { paths } from "../../api/paths.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { isSame } from "../../ui/drafts/merge-edits.ts";
import { FormError } from "../../ui/form-error.tsx";
import { useFailureText } from "../../ui/use-failure-text.ts";
import { useRuleTexts } from "./rule-texts.ts";
import { TrialBasis } from "./trial-basis.tsx";
import { TrialDays } from "./trial-days.tsx";
import { TrialList } from "./trial-list.tsx";
import classes from "./trial.module.css";

type TrialPanelProps = {
  rule: NewAlarmRule;
  /** The rule that the form changes. */
  replaces: string | null;
  /** Whether the form is valid; shows what is wrong. */
  check: () => boolean;
};

/** What the rule of the form would have done in the last 14 days. */
export function TrialPanel({ rule, replaces, check }: TrialPanelProps) {
  const { t } = useTranslations();
  const { conditionText } = useRuleTexts();
  const failureText = useFailureText();
  const running = useRef<AbortController | null>(null);
  const trial = useMutation({
    mutationFn: (draft: NewAlarmRule) => {
      running.current?.abort();
      running.current = new AbortController();
      return callApi("alarmRuleTrial", paths.alarmRuleTrial, {
        method: "POST",
        body: { rule: draft, replaces },
        signal: running.current.signal,
      });
    },
  });
  useEffect(() => () => running.current?.abort(), []);
  const isOutdated = trial.data !== undefined && !isSame(decisivePart(trial.variables), decisivePart(rule));
  return (
    <section className={classes.panel} aria-label={t("alarmRules.trial.title")}>
      <h2>{t("alarmRules.trial.title")}</h2>
      <p className={classes.note}>{t("alarmRules.trial.intro")}</p>
      <Button
        variant="default"
        className={classes.run}
        leftSection={<FlaskConical size={16} />}
        loading={trial.isPending}
        onClick={() => check() && conditionText(rule) !== null && trial.mutate(rule)}
      >
        {t(trial.data ? "alarmRules.trial.again" : "alarmRules.trial.run")}
      </Button>
      <div role="status">
        {trial.isPending && <p className={classes.note}>{t("alarmRules.trial.running")}</p>}
        {isOutdated && !trial.isPending && <p className={classes.note}>{t("alarmRules.trial.outdated")}</p>}
      </div>
      <FormError text={trial.error && failureText(trial.error)} />
      {trial.data && <TrialResult trial={trial.data} rule={trial.variables} />}
    </section>
  );
}

/** What decides the result of a trial. */
function decisivePart(rule: NewAlarmRule | undefined) {
  return rule && { ...rule, name: "", isEnabled: true, ignoresExisting: false };
}

function TrialResult({ trial, rule }: { trial: AlarmRuleTrial; rule: NewAlarmRule }) {
  const { t } = useTranslations();
  const { alarms, devices, basis, triedDevices } = trial;
  if (basis === null) {
    const isOfHistory = rule.type === "disk-full" || rule.type === "unusual";
    return <p>{t(isOfHistory ? "alarmRules.trial.notTried" : "alarmRules.trial.noHistory")}</p>;
  }
  if (triedDevices === 0 && trial.untried.length === 0) {
    return (
      <>
        <p>{t(`alarmRules.trial.${trial.overriddenBy.length > 0 ? "allOverridden" : "noDevice"}`)}</p>
        <TrialBasis trial={trial} />
      </>
    );
  }
  return (
    <>
      {triedDevices > 0 && (
        <p className={classes.result}>
          {alarms === 0
            ? t("alarmRules.trial.none")
            : `${t("alarmRules.trial.alarms", { count: alarms })} ${t("alarmRules.trial.onDevices", { count: devices })}`}
        </p>
      )}
      {alarms > 0 && <TrialDays days={trial.days} />}
      {alarms > 0 && <TrialList trial={trial} rule={rule} />}
      <TrialBasis trial={trial} />
    </>
  );
}
