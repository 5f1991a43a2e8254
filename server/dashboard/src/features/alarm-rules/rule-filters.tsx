import { Button, Select, TextInput } from "@mantine/core";
import { AlarmType } from "@muster/shared/alarms/catalog.ts";
import type { ListedAlarmRule } from "@muster/shared/contracts/alarm-rule.ts";
import { Search } from "lucide-react";
import { useTranslations } from "../../i18n/translations.tsx";
import classes from "./alarm-rules.module.css";
import { type RuleTexts, TYPES, useRuleTexts } from "./rule-texts.ts";
import { RULE_SCOPES } from "./scope-field.tsx";

/** The names of the filters in the address. */
export const RULE_FILTERS = ["search", "type", "scope", "enabled"] as const;
type Values = Partial<Record<(typeof RULE_FILTERS)[number], string>>;

const STATES = ["enabled", "disabled"] as const;

type RuleFiltersProps = {
  values: Values;
  /** How many rules are shown. */
  count: number;
  isNarrowed: boolean;
  onChange: (changes: Partial<Record<(typeof RULE_FILTERS)[number], string | null>>) => void;
  onClear: () => void;
};

export function RuleFilters({ values, count, isNarrowed, onChange, onClear }: RuleFiltersProps) {
  const { t } = useTranslations();
  const { typeTexts } = useRuleTexts();
  return (
    <search className={classes.filters}>
      <TextInput
        type="search"
        className={classes.search}
        leftSection={<Search size={16} />}
        aria-label={t("settings.common.search")}
        placeholder={t("alarmRules.search")}
        maxLength={200}
        value={values.search ?? ""}
        onChange={({ currentTarget: { value } }) => onChange({ search: value === "" ? null : value })}
      />
      <Select
        aria-label={t("alarmRules.field.type")}
        placeholder={t("alarmRules.anyType")}
        clearable
        data={TYPES.map((type) => ({ value: type, label: typeTexts(type).label }))}
        value={TYPES.find((type) => type === values.type) ?? null}
        onChange={(type) => onChange({ type })}
      />
      <Select
        aria-label={t("alarmRules.field.scope")}
        placeholder={t("alarmRules.anyScope")}
        clearable
        data={RULE_SCOPES.map((scope) => ({ value: scope, label: t(`alarmRules.scope.${scope}`) }))}
        value={RULE_SCOPES.find((scope) => scope === values.scope) ?? null}
        onChange={(scope) => onChange({ scope })}
      />
      <Select
        aria-label={t("settings.common.state")}
        placeholder={t("alarmRules.anyState")}
        clearable
        data={STATES.map((state) => ({ value: state, label: t(`alarmRules.${state}`) }))}
        value={STATES.find((state) => state === values.enabled) ?? null}
        onChange={(enabled) => onChange({ enabled })}
      />
      <span className={classes.count} role="status">
        {t("alarmRules.shown", { count })}
      </span>
      {isNarrowed && (
        <Button variant="subtle" onClick={onClear}>
          {t("alarmRules.clearFilters")}
        </Button>
      )}
    </search>
  );
}

/** Those of the rules that the filters of the address let through. */
export function filterRules(
  rules: readonly ListedAlarmRule[],
  values: Values,
  texts: Pick<RuleTexts, "conditionText" | "scopeText" | "typeTexts">,
): ListedAlarmRule[] {
  const type = AlarmType.options.find((one) => one === values.type);
  const scope = RULE_SCOPES.find((one) => one === values.scope);
  const wanted = (values.search ?? "").trim().toLowerCase();
  return rules.filter((rule) => {
    if (type && rule.type !== type) return false;
    if (scope && rule.scope.kind !== scope) return false;
    if (values.enabled === "enabled" && !rule.isEnabled) return false;
    if (values.enabled === "disabled" && rule.isEnabled) return false;
    if (wanted === "") return true;
    const shown = [
      rule.name,
      texts.typeTexts(rule.type).label,
      texts.conditionText(rule) ?? "",
      texts.scopeText(rule.scope, rule.scopeName),
    ];
    return shown.some((text) => text.toLowerCase().includes(wanted));
  });
}
