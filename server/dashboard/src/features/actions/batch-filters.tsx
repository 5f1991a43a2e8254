import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { ActionType } from "@muster/shared/actions/catalog.ts";
import { ActionState } from "@muster/shared/contracts/action.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { plainName } from "../../ui/plain-name.ts";
import classes from "./action-list.module.css";
import { StateSelect, TypeSelect } from "./action-list.tsx";

/** The names of the filters in the address. `by` is a requester, `from` and `to` are local days. */
export const BATCH_FILTERS = ["state", "type", "device", "by", "from", "to", "batch"] as const;

type Values = Partial<Record<(typeof BATCH_FILTERS)[number], string>>;
type BatchFiltersProps = {
  values: Values;
  onChange: (changes: Partial<Record<(typeof BATCH_FILTERS)[number], string | null>>) => void;
};

export function BatchFilters({ values, onChange }: BatchFiltersProps) {
  const { t } = useTranslations();
  return (
    <div className={classes.filters}>
      <StateSelect
        value={ActionState.options.find((state) => state === values.state)}
        onChange={(state) => onChange({ state })}
      />
      <TypeSelect
        value={ActionType.options.find((type) => type === values.type)}
        onChange={(type) => onChange({ type })}
      />
      <DeviceSelect value={values.device} onChange={(device) => onChange({ device })} />
      <RequesterSelect value={values.by} onChange={(by) => onChange({ by })} />
      <DayInput
        label={t("actions.filter.from")}
        value={values.from}
        onChange={(from) => onChange({ from })}
      />
      <DayInput label={t("actions.filter.to")} value={values.to} onChange={(to) => onChange({ to })} />
    </div>
  );
}

type FilterProps = { value: string | undefined; onChange: (value: string | null) => void };

/** Finds devices by the server's search, because a fleet may have thousands. */
function DeviceSelect({
  value = null,
  onChange,
}: { value: string | null | undefined } & Pick<FilterProps, "onChange">) {
  const { t } = useTranslations();
  const [text, setText] = useState("");
  const [searched] = useDebouncedValue(text.trim(), 150);
  const chosen = useQuery({ ...queries.device(value ?? ""), enabled: value !== null });
  const found = useQuery(queries.deviceSearch(searched));
  const names = new Map(found.data?.items.map(({ id, name }) => [id, plainName(name)]));
  if (value !== null) names.set(value, chosen.data ? plainName(chosen.data.name) : value);
  return (
    <Select
      aria-label={t("actions.filter.device")}
      placeholder={t("actions.filter.anyDevice")}
      data={[...names].map(([id, label]) => ({ value: id, label }))}
      filter={({ options }) => options}
      nothingFoundMessage={searched === "" ? undefined : t("actions.filter.noDevice")}
      searchable
      clearable
      value={value}
      onSearchChange={setText}
      onChange={onChange}
    />
  );
}

function RequesterSelect({
  value = null,
  onChange,
}: { value: string | null | undefined } & Pick<FilterProps, "onChange">) {
  const { t } = useTranslations();
  const { data } = useQuery(queries.actionRequesters());
  return (
    <Select
      aria-label={t("actions.filter.requester")}
      placeholder={t("actions.filter.anyone")}
      data={data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      searchable
      clearable
      value={value}
      onChange={onChange}
    />
  );
}

function DayInput({
  label,
  value = "",
  onChange,
}: { label: string; value: string | undefined } & Pick<FilterProps, "onChange">) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      leftSection={<span className={classes.dayLabel}>{label}</span>}
      leftSectionWidth={56}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
    />
  );
}
