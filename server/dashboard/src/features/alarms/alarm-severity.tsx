import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateIcon, type StateName } from "../../ui/state-icon.tsx";
import classes from "./alarm-severity.module.css";

export const SEVERITY_STATES: Record<AlarmSeverity, StateName> = {
  info: "info",
  warning: "warn",
  critical: "critical",
};

/** The variables of their colours. */
export const SEVERITY_COLOURS: Record<AlarmSeverity, string> = {
  info: "--accent",
  warning: "--warn",
  critical: "--critical",
};

/** The severity of an alarm: its shape and its word. */
export function AlarmSeverityLabel({ severity, isOver }: { severity: AlarmSeverity; isOver: boolean }) {
  const { t } = useTranslations();
  return (
    <span className={classes.severity} data-over={isOver || undefined}>
      <StateIcon state={SEVERITY_STATES[severity]} isDecorative />
      {t(`alarms.severity.${severity}`)}
    </span>
  );
}
