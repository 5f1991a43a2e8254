import { NO_CUSTOMER } from "@muster/shared/customers.ts";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { ChoiceMenu } from "../../ui/tick-box.tsx";
import { useSession } from "../session/session-context.tsx";
import { useFoundCustomers } from "./customer-select.tsx";

type CustomerFilterProps = { chosen: readonly string[]; onChange: (chosen: string[]) => void };

/** The filter of the fleet by customer: searched on the server, with the devices that have none. */
export function CustomerFilter({ chosen, onChange }: CustomerFilterProps) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const [search, setSearch] = useState("");
  const found = useFoundCustomers(search);
  const named = useNames(chosen);
  const none = { value: NO_CUSTOMER, label: t("customers.none") };
  const others = [...named, ...found.filter(({ id }) => !chosen.includes(id))];
  const choices = others.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ChoiceMenu
      label={t("fleet.filter.customer")}
      choices={limit === null ? [none, ...choices] : choices}
      chosen={chosen}
      onChange={onChange}
      onSearch={setSearch}
    />
  );
}

/** The customers of an address that was opened as a link has only ids. */
function useNames(ids: readonly string[]) {
  const wanted = ids.filter((id) => id !== NO_CUSTOMER);
  const results = useQueries({ queries: wanted.map((id) => queries.customer(id)) });
  return results.flatMap(({ data }) => (data ? [{ id: data.id, name: data.name }] : []));
}
