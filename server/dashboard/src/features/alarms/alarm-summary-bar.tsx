import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { StateIcon } from "../../ui/state-icon.tsx";
import summaryClasses from "../fleet/fleet-summary-bar.module.css";
import { useSession } from "../session/session-context.tsx";
import { ALARM_STATES, type AlarmQuery, SEVERITIES, toAlarmFilter } from "./alarm-query.ts";
import { SEVERITY_STATES } from "./alarm-severity.tsx";

type AlarmSummaryBarProps = { query: AlarmQuery; onChange: (part: Partial<AlarmQuery>) => void };

/** How many alarms there are: by state, by severity, and mine. Each number is a filter. */
export function AlarmSummaryBar({ query, onChange }: AlarmSummaryBarProps) {
  const { t } = useTranslations();
  const { user } = useSession();
  const filterOf = (change: Partial<AlarmQuery>) => toAlarmFilter({ ...query, ...change }, user.id);
  const open = useQuery(queries.alarmSummary(filterOf({ state: "open" }))).data;
  const bySeverity = useQuery(queries.alarmSummary(filterOf({ severity: [] }))).data;
  const mine = useQuery(queries.alarmSummary(filterOf({ assignee: "mine" }))).data;
  const counts: Partial<Record<AlarmQuery["state"], number>> = open
    ? {
        open: open.total,
        unacknowledged: open.total - open.acknowledged,
        acknowledged: open.acknowledged,
        snoozed: open.snoozed,
        unstable: open.unstable,
      }
    : {};
  // What is rare is offered where there is any.
  const isOffered = (state: AlarmQuery["state"]) =>
    (state !== "snoozed" && state !== "unstable") || state === query.state || (counts[state] ?? 0) > 0;
  const hasCount = (state: AlarmQuery["state"]) => state !== "ended" && state !== "all";
  return (
    <div className={summaryClasses.items} role="group" aria-label={t("alarmPages.filter.label")}>
      <div className={summaryClasses.group} role="group" aria-label={t("alarmPages.filter.state")}>
        {ALARM_STATES.filter(isOffered).map((state) => (
          <Figure
            key={state}
            isOn={query.state === state}
            count={hasCount(state) ? (counts[state] ?? null) : undefined}
            label={t(`alarmPages.state.${state}`)}
            onPress={() => onChange({ state })}
          />
        ))}
      </div>
      <div className={summaryClasses.group} role="group" aria-label={t("alarmPages.filter.severity")}>
        {SEVERITIES.map((severity) => {
          const isOn = query.severity.length === 1 && query.severity[0] === severity;
          return (
            <Figure
              key={severity}
              isOn={isOn}
              icon={<StateIcon state={SEVERITY_STATES[severity]} isDecorative />}
              count={bySeverity?.[severity] ?? null}
              label={t(`alarms.severity.${severity}`)}
              onPress={() => onChange({ severity: isOn ? [] : [severity] })}
            />
          );
        })}
      </div>
      <div className={summaryClasses.group}>
        <Figure
          isOn={query.assignee === "mine"}
          count={mine?.total ?? null}
          label={t("alarmPages.filter.mine")}
          onPress={() => onChange({ assignee: query.assignee === "mine" ? null : "mine" })}
        />
      </div>
    </div>
  );
}

type FigureProps = {
  isOn: boolean;
  icon?: ReactNode;
  /** Null while it is not known; left out for what is not counted. */
  count?: number | null | undefined;
  label: string;
  onPress: () => void;
};

function Figure({ isOn, icon, count, label, onPress }: FigureProps) {
  const { formats } = useTranslations();
  return (
    <button type="button" className={summaryClasses.item} aria-pressed={isOn} onClick={onPress}>
      {icon}
      {count !== undefined && <strong>{count === null ? "–" : formats.whole(count)}</strong>}
      <span>{label}</span>
    </button>
  );
}
