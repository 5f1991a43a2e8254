import { Select } from "@mantine/core";
import { ActionType } from "@muster/shared/actions/catalog.ts";
import { ActionState } from "@muster/shared/contracts/action.ts";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { DayInput } from "../../ui/day-input.tsx";
import type { FilterSelectProps } from "../../ui/filter-select-props.ts";
import { DeviceSelect } from "../fleet/device-select.tsx";
import rowList from "../../ui/row-list.module.css";
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
    <div className={rowList.filters}>
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
      <DayInput label={t("shell.filter.from")} value={values.from} onChange={(from) => onChange({ from })} />
      <DayInput label={t("shell.filter.to")} value={values.to} onChange={(to) => onChange({ to })} />
    </div>
  );
}

function RequesterSelect({ value, onChange }: FilterSelectProps) {
  const { t } = useTranslations();
  const { data } = useQuery(queries.actionRequesters());
  return (
    <Select
      aria-label={t("actions.filter.requester")}
      placeholder={t("actions.filter.anyone")}
      data={data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      searchable
      clearable
      value={value ?? null}
      onChange={onChange}
    />
  );
}
