import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import type { FilterSelectProps } from "../../ui/filter-select-props.ts";
import { plainName } from "../../ui/plain-name.ts";

type DeviceSelectProps = FilterSelectProps & {
  /** Left out in a filter, which has no room for one. */
  label?: string;
  placeholder?: string;
  description?: string;
  error?: ReactNode;
};

/** Finds a device by the server's search, because a fleet may have thousands. */
export function DeviceSelect({ value, onChange, label, placeholder, description, error }: DeviceSelectProps) {
  const { t } = useTranslations();
  const [text, setText] = useState("");
  const [searched] = useDebouncedValue(text.trim(), 150);
  const chosen = useQuery({ ...queries.device(value ?? ""), enabled: value !== undefined });
  const found = useQuery(queries.deviceSearch(searched));
  const names = new Map(found.data?.items.map(({ id, name }) => [id, plainName(name)]));
  if (value !== undefined) names.set(value, chosen.data ? plainName(chosen.data.name) : value);
  return (
    <Select
      {...(label === undefined ? { "aria-label": t("shell.filter.device") } : { label })}
      placeholder={placeholder ?? t("shell.filter.anyDevice")}
      description={description}
      error={error}
      data={[...names].map(([id, name]) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      nothingFoundMessage={searched === "" ? undefined : t("shell.filter.noDevice")}
      searchable
      clearable
      value={value ?? null}
      onSearchChange={setText}
      onChange={onChange}
    />
  );
}
