import "@mantine/core/styles/SegmentedControl.css";
import { SegmentedControl } from "@mantine/core";
import type { AlarmRuleTrial, TriedAlarm } from "@muster/shared/contracts/alarm-rule-trial.ts";
import type { NewAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { useState } from "react";
import { Link } from "wouter";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { unitOf } from "./condition-text.ts";
import classes from "./trial.module.css";

type TrialListProps = { trial: AlarmRuleTrial; rule: NewAlarmRule };

/** The longest or the newest alarms of a trial. */
export function TrialList({ trial, rule }: TrialListProps) {
  const { t } = useTranslations();
  const [order, setOrder] = useState<"longest" | "newest">("longest");
  return (
    <div className={classes.list}>
      <SegmentedControl
        size="xs"
        aria-label={t("alarmRules.trial.list")}
        data={(["longest", "newest"] as const).map((value) => ({
          value,
          label: t(`alarmRules.trial.${value}`),
        }))}
        value={order}
        onChange={(value) => setOrder(value === "newest" ? "newest" : "longest")}
      />
      <ul>
        {trial[order].map((alarm) => (
          <AlarmLine key={`${alarm.device.id} ${alarm.instance} ${alarm.from}`} alarm={alarm} rule={rule} />
        ))}
      </ul>
    </div>
  );
}

const STATES = { info: "offline", warning: "warn", critical: "critical" } as const;

function AlarmLine({ alarm, rule }: { alarm: TriedAlarm; rule: NewAlarmRule }) {
  const { t, formats } = useTranslations();
  const { device, instance, severity, from, to, durationS, peak } = alarm;
  const { metric } = rule.settings;
  const unit = unitOf(rule.type, typeof metric === "string" ? metric : undefined);
  const valueText = unit === null ? formats.oneDigit : formats.ofUnit(unit);
  return (
    <li>
      <div className={classes.head}>
        <Link href={`/devices/${device.id}`} className={classes.link}>
          <bdi>{device.name}</bdi>
        </Link>
        {instance !== null && <bdi>{instance}</bdi>}
        <StateLabel state={STATES[severity]}>{t(`alarms.severity.${severity}`)}</StateLabel>
      </div>
      <div className={classes.details}>
        <span>{formats.minute(from)}</span>
        <span>
          {formats.duration(durationS * 1_000)}
          {to === null && ` (${t("alarmRules.trial.goesOn")})`}
        </span>
        {peak !== null && (
          <span>
            {t("alarmRules.trial.worst")} {valueText(peak)}
          </span>
        )}
      </div>
    </li>
  );
}
