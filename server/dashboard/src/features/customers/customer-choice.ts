import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";

/** A customer that a field has: one that exists, or a name that saving makes a new one of. */
export type CustomerChoice = CustomerRef | { id: null; name: string };

const NEW = "new:";

/** The value of an option. Ids never begin with `new:`. */
export function valueOf({ id, name }: CustomerChoice): string {
  return id ?? `${NEW}${name}`;
}

/** What the options of a field are for a search: what was found, what is chosen, and a new customer where none has the name. */
export function optionsOf(options: {
  found: readonly CustomerRef[];
  chosen: CustomerChoice | null;
  search: string;
  mayCreate: boolean;
}): CustomerChoice[] {
  const { found, chosen, mayCreate } = options;
  const name = options.search.trim().replaceAll(/\s+/gu, " ");
  const known: CustomerChoice[] = [...found];
  if (chosen && !known.some((choice) => valueOf(choice) === valueOf(chosen))) known.unshift(chosen);
  const isKnown = known.some((choice) => nameKeyOf(choice.name) === nameKeyOf(name));
  return mayCreate && name !== "" && !isKnown ? [...known, { id: null, name }] : known;
}

/** The fields of a request that name the customer. */
export function customerFields(
  choice: CustomerChoice | null,
): { customerId: string | null } | { customer: string } {
  if (choice === null) return { customerId: null };
  return choice.id === null ? { customer: choice.name } : { customerId: choice.id };
}
