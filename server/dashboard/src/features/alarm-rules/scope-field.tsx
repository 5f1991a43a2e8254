import { Autocomplete, Select } from "@mantine/core";
import type { AlarmRuleScope } from "@muster/shared/contracts/alarm-rule.ts";
import { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import { passingFiltersOf } from "@muster/shared/view-scope.ts";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { CustomerSelect } from "../customers/customer-select.tsx";
import { DeviceSelect } from "../fleet/device-select.tsx";
import classes from "./rule-editor.module.css";
import type { ScopeValue } from "./rule-form.ts";

export const RULE_SCOPES = ["organization", "customer", "tag", "class", "view", "device"] as const;
export const DEVICE_SCOPES = ["organization", "customer", "tag", "class", "device"] as const;

type ScopeFieldProps<Kind extends AlarmRuleScope["kind"]> = {
  kinds: readonly Kind[];
  value: ScopeValue<Kind>;
  error: ReactNode;
  onChange: (value: ScopeValue<Kind>) => void;
};

/** Which devices something is about. */
export function ScopeField<Kind extends AlarmRuleScope["kind"]>({
  kinds,
  value: scope,
  error,
  onChange,
}: ScopeFieldProps<Kind>) {
  const { t } = useTranslations();
  const { kind, value } = scope;
  const change = (next: string | null) => onChange({ kind, value: next ?? "" });
  return (
    <div className={classes.pair}>
      <Select
        label={t("alarmRules.field.scope")}
        data={kinds.map((one: AlarmRuleScope["kind"]) => ({
          value: one,
          label: t(`alarmRules.scope.${one}`),
        }))}
        value={kind}
        onChange={(chosen) => {
          const next = kinds.find((one) => one === chosen) ?? kind;
          onChange({ kind: next, value: next === "class" ? "server" : "" });
        }}
      />
      {kind === "customer" && <CustomerField value={value} error={error} onChange={change} />}
      {kind === "tag" && <TagField value={value} error={error} onChange={change} />}
      {kind === "class" && (
        <Select
          label={t("alarmRules.field.class")}
          data={DeviceClass.options.map((one) => ({ value: one, label: t(`states.class.${one}`) }))}
          value={value}
          error={error}
          onChange={change}
        />
      )}
      {kind === "view" && <ViewField value={value} error={error} onChange={change} />}
      {kind === "device" && (
        <DeviceSelect
          label={t("alarmRules.field.device")}
          placeholder={t("alarmRules.field.chooseDevice")}
          error={error}
          value={value === "" ? undefined : value}
          onChange={change}
        />
      )}
    </div>
  );
}

type ScopeValueProps = { value: string; error: ReactNode; onChange: (value: string | null) => void };

function CustomerField({ value, error, onChange }: ScopeValueProps) {
  const { t } = useTranslations();
  const [chosenName, setChosenName] = useState<string | null>(null);
  const known = useQuery({ ...queries.customer(value), enabled: value !== "" && chosenName === null });
  const name = chosenName ?? known.data?.name ?? (known.error ? t("alarmRules.scope.deleted") : null);
  // The field takes the name only when it is first drawn.
  if (value !== "" && name === null) return null;
  return (
    <CustomerSelect
      label={t("alarmRules.field.customer")}
      mayCreate={false}
      error={error}
      value={value === "" ? null : { id: value, name: name ?? "" }}
      onChange={(chosen) => {
        setChosenName(chosen?.name ?? null);
        onChange(chosen?.id ?? null);
      }}
    />
  );
}

/** Shared views; one whose filters follow how devices are doing cannot be chosen, and says so. */
function ViewField({ value, error, onChange }: ScopeValueProps) {
  const { t } = useTranslations();
  const { data } = useQuery(queries.views());
  const shared = data?.items.filter(({ isShared }) => isShared) ?? [];
  return (
    <Select
      label={t("alarmRules.field.view")}
      description={shared.length > 0 ? t("alarmRules.field.viewHint") : t("alarmRules.field.noView")}
      placeholder={t("alarmRules.field.chooseView")}
      data={shared.map(({ id, name, definition }) => ({
        value: id,
        label: name,
        disabled: passingFiltersOf(definition.query).length > 0,
      }))}
      searchable={shared.length > 6}
      error={error}
      value={value === "" ? null : value}
      onChange={onChange}
    />
  );
}

const TAGS_OF_DEVICES = { facet: ["tag"] };

function TagField({ value, error, onChange }: ScopeValueProps) {
  const { t } = useTranslations();
  const { data } = useQuery(queries.deviceFacets(TAGS_OF_DEVICES));
  const tags = data?.facets.flatMap(({ choices }) => choices.map((choice) => choice.value)) ?? [];
  return (
    <Autocomplete
      label={t("alarmRules.field.tag")}
      placeholder={t("alarmRules.field.chooseTag")}
      data={tags}
      limit={20}
      maxLength={40}
      error={error}
      value={value}
      onChange={onChange}
    />
  );
}
