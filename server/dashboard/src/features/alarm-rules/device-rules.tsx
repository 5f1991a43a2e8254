import type { AlarmRuleScope, EffectiveAlarmRules } from "@muster/shared/contracts/alarm-rule.ts";
import type { DeviceDetail } from "@muster/shared/contracts/device.ts";
import { useQuery } from "@tanstack/react-query";
import { BellOff } from "lucide-react";
import { Link } from "wouter";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { type DataColumn, DataTable } from "../../ui/data-table.tsx";
import { FailureState } from "../../ui/failure-state.tsx";
import { MessageState } from "../../ui/message-state.tsx";
import { StateLabel } from "../../ui/state-label.tsx";
import { useSession } from "../session/session-context.tsx";
import classes from "./alarm-rules.module.css";
import { useRuleTexts } from "./rule-texts.ts";
import { ruleQueries } from "./use-alarm-rules.ts";

type EffectiveRule = EffectiveAlarmRules["items"][number];

/** The alarm rules that apply to a device, where each comes from, and what it finds now. */
export function DeviceRules({ device }: { device: DeviceDetail }) {
  const { t } = useTranslations();
  const rules = useQuery(ruleQueries.ofDevice(device.id));
  const columns = useColumns(device);
  if (rules.error && !rules.data) {
    return <FailureState error={rules.error} retry={() => void rules.refetch()} />;
  }
  if (!rules.data) return null;
  if (rules.data.items.length === 0) {
    return <MessageState icon={<BellOff size={26} />} title={t("alarmRules.device.empty")} />;
  }
  return (
    <DataTable
      label={t("alarmRules.device.title")}
      rows={rules.data.items}
      rowKey={({ rule }) => rule.id}
      columns={columns}
    />
  );
}

function useColumns(device: DeviceDetail): DataColumn<EffectiveRule>[] {
  const { t, formats } = useTranslations();
  const { conditionText, scopeText } = useRuleTexts();
  const views = useQuery(queries.views()).data?.items;
  const nameOf = (scope: AlarmRuleScope) => {
    if (scope.kind === "view") return views?.find(({ id }) => id === scope.viewId)?.name ?? null;
    return scope.kind === "device" ? device.name : scope.kind === "customer" ? device.customer : null;
  };
  return [
    { name: "rule", label: t("alarmRules.rule"), cell: ({ rule }) => <RuleName rule={rule} /> },
    { name: "condition", label: t("alarmRules.condition"), cell: ({ rule }) => conditionText(rule) },
    { name: "state", label: t("alarmRules.device.state"), cell: ({ state }) => <RuleState state={state} /> },
    {
      name: "source",
      label: t("alarmRules.device.source"),
      cell: ({ rule: { scope } }) => scopeText(scope, nameOf(scope)),
    },
    {
      name: "overrides",
      label: t("alarmRules.device.overrides"),
      cell: ({ overrides }) =>
        formats.list(overrides.map(({ name, scope }) => `${name} (${scopeText(scope, nameOf(scope))})`)),
    },
  ];
}

/** A link where the user may open the rule: rules are about the whole organization. */
function RuleName({ rule: { id, name } }: Pick<EffectiveRule, "rule">) {
  const { customers: limit } = useSession();
  if (limit !== null) return name;
  return (
    <Link href={`/settings/alarm-rules/${id}`} className={classes.link}>
      {name}
    </Link>
  );
}

const STATES = {
  normal: "ok",
  pending: "late",
  info: "offline",
  warning: "warn",
  critical: "critical",
} as const;

function RuleState({ state }: Pick<EffectiveRule, "state">) {
  const { t } = useTranslations();
  const text =
    state === "normal"
      ? t("alarmRules.device.fine")
      : state === "pending"
        ? t("alarmRules.device.pending")
        : t(`alarms.severity.${state}`);
  return <StateLabel state={STATES[state]}>{text}</StateLabel>;
}
