import { MultiSelect, TagsInput } from "@mantine/core";
import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { CustomerLimitSelect } from "../customers/customer-select.tsx";
import { isTag } from "../fleet/tags.ts";
import classes from "./policies.module.css";
import type { PolicyForm } from "./policy-form.ts";

const MAX_TAGS = 100;
const SEVERITIES = ["critical", "warning", "info"] as const satisfies readonly AlarmSeverity[];

type MatchFieldsProps = {
  value: PolicyForm["match"];
  names: Readonly<Record<string, string>>;
  error: ReactNode;
  onChange: (value: PolicyForm["match"]) => void;
};

/** Which alarms a policy is for. */
export function MatchFields({ value, names, error, onChange }: MatchFieldsProps) {
  const { t } = useTranslations();
  const summary = useQuery(queries.summary());
  const rules = useQuery(queries.alarmRules());
  const ruleNames = new Map(rules.data?.items.map(({ id, name }) => [id, name]));
  for (const id of value.ruleIds)
    if (!ruleNames.has(id)) ruleNames.set(id, names[id] ?? t("policies.unknown"));
  return (
    <>
      <p className={classes.hint}>{t("policies.field.matchHint")}</p>
      <MultiSelect
        label={t("policies.field.severities")}
        data={SEVERITIES.map((severity) => ({ value: severity, label: t(`alarms.severity.${severity}`) }))}
        value={[...value.severities]}
        onChange={(chosen) =>
          onChange({ ...value, severities: SEVERITIES.filter((severity) => chosen.includes(severity)) })
        }
      />
      <CustomerLimitSelect
        label={t("policies.field.customers")}
        description=""
        value={value.customers}
        onChange={(customers) => onChange({ ...value, customers })}
      />
      <TagsInput
        label={t("policies.field.tags")}
        data={summary.data?.tags ?? []}
        maxTags={MAX_TAGS}
        value={[...value.tags]}
        onChange={(tags) => onChange({ ...value, tags: tags.filter(isTag) })}
      />
      <MultiSelect
        label={t("policies.field.classes")}
        data={DeviceClass.options.map((one) => ({ value: one, label: t(`states.class.${one}`) }))}
        value={[...value.classes]}
        onChange={(chosen) =>
          onChange({ ...value, classes: DeviceClass.options.filter((one) => chosen.includes(one)) })
        }
      />
      <MultiSelect
        label={t("policies.field.rules")}
        searchable
        data={[...ruleNames].map(([id, label]) => ({ value: id, label }))}
        value={[...value.ruleIds]}
        onChange={(ruleIds) => onChange({ ...value, ruleIds })}
      />
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </>
  );
}
