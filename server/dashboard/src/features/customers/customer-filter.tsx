import { NO_CUSTOMER } from "@muster/shared/customers.ts";
import { useQueries } from "@tanstack/react-query";
import { queries } from "../../api/queries.ts";
import { useTranslations } from "../../i18n/translations.tsx";
import { FoundFilter } from "../fleet/facet-filter.tsx";
import type { FleetQuery } from "../fleet/fleet-query.ts";
import { useSession } from "../session/session-context.tsx";

type CustomerFilterProps = { query: FleetQuery; onChange: (chosen: string[]) => void };

/** The filter of the fleet by customer, with the devices that have none. */
export function CustomerFilter({ query, onChange }: CustomerFilterProps) {
  const { t } = useTranslations();
  const { customers: limit } = useSession();
  const none = { value: NO_CUSTOMER, label: t("customers.none") };
  return (
    <FoundFilter
      facet="customerId"
      label={t("fleet.filter.customer")}
      query={query}
      chosen={query.customerId}
      pinned={limit === null ? [none] : []}
      named={useNames(query.customerId)}
      onChange={onChange}
    />
  );
}

/** The customers of an address that was opened as a link has only ids. */
function useNames(ids: readonly string[]) {
  const wanted = ids.filter((id) => id !== NO_CUSTOMER);
  const results = useQueries({ queries: wanted.map((id) => queries.customer(id)) });
  return results.flatMap(({ data }) => (data ? [{ value: data.id, label: data.name }] : []));
}
