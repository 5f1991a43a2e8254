import { MultiSelect, type OptionsFilter, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { MAX_LIMIT_CUSTOMERS } from "@muster/shared/customers.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { useSession } from "../session/session-context.tsx";
import { type CustomerChoice, optionsOf, valueOf } from "./customer-choice.ts";

const TYPING_MS = 200;

type Option = { value: string; label: string; disabled?: boolean };

/** The server searches, so every option that it found is one. */
const showAll: OptionsFilter = ({ options }) => options;

/** A list for screen readers has an option at least: one that says that there is none. */
function orNothing(options: Option[], label: string): Option[] {
  return options.length > 0 ? options : [{ value: "nothing", label, disabled: true }];
}

type CustomerSelectProps = {
  label: string;
  description?: string;
  value: CustomerChoice | null;
  error?: React.ReactNode;
  isFocused?: boolean;
  /** False where only a customer that exists fits. */
  mayCreate?: boolean;
  /** A customer that is not offered. */
  except?: string;
  onChange: (value: CustomerChoice | null) => void;
};

/** Chooses one customer by a search on the server, or names a new one. */
export function CustomerSelect(props: CustomerSelectProps) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const { value, mayCreate = true, except } = props;
  const [search, setSearch] = useState(value?.name ?? "");
  const found = useFoundCustomers(search === value?.name ? "" : search);
  const choices = optionsOf({
    found: found.filter(({ id }) => id !== except),
    chosen: value,
    search: search === value?.name ? "" : search,
    mayCreate: mayCreate && limit === null,
  });
  return (
    <Select
      data-autofocus={props.isFocused || undefined}
      label={props.label}
      description={props.description}
      error={props.error}
      placeholder={t("customers.choose")}
      clearButtonProps={{ "aria-label": t("customers.none") }}
      searchable
      clearable
      maxLength={120}
      filter={showAll}
      data={orNothing(
        choices.map((choice) => ({
          value: valueOf(choice),
          label:
            choice.id === null && choice !== value
              ? t("customers.create", { name: choice.name })
              : choice.name,
        })),
        t("customers.noMatch"),
      )}
      searchValue={search}
      onSearchChange={setSearch}
      value={value && valueOf(value)}
      onChange={(chosen) => {
        const next = choices.find((choice) => valueOf(choice) === chosen) ?? null;
        props.onChange(next);
        setSearch(next?.name ?? "");
      }}
    />
  );
}

type CustomerLimitSelectProps = {
  label: string;
  description: string;
  value: readonly CustomerRef[];
  onChange: (value: CustomerRef[]) => void;
};

/** Chooses the customers of a limit. */
export function CustomerLimitSelect({ label, description, value, onChange }: CustomerLimitSelectProps) {
  const { t } = useTranslations();
  const [search, setSearch] = useState("");
  const found = useFoundCustomers(search);
  const known = [...value, ...found.filter(({ id }) => !value.some((chosen) => chosen.id === id))];
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={value.length === 0 ? t("customers.choose") : undefined}
      searchable
      hidePickedOptions
      maxValues={MAX_LIMIT_CUSTOMERS}
      filter={showAll}
      data={orNothing(
        known.map(({ id, name }) => ({ value: id, label: name })),
        t("customers.noMatch"),
      )}
      searchValue={search}
      onSearchChange={setSearch}
      value={value.map(({ id }) => id)}
      onChange={(ids) => onChange(known.filter(({ id }) => ids.includes(id)))}
    />
  );
}

/** The first customers that a search finds. */
export function useFoundCustomers(search: string): readonly CustomerRef[] {
  const [settled] = useDebouncedValue(search.trim(), TYPING_MS);
  return useQuery(queries.customerSearch(settled)).data?.items ?? [];
}
