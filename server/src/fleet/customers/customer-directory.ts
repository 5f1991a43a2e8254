import { naturalSortKey } from "@muster/shared/natural-order.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";
import type { CreateCustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Dialect } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import { findCustomerByKey, holdCustomer, insertCustomer, readCustomerNames } from "./customer.repository.ts";
import { searchTextOf } from "./customer-row.ts";
import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** Finds customers for those who refer to them, and creates the ones that a client names for the first time. */
export function createCustomerDirectory(deps: {
  dialect: Dialect;
  clock: Clock;
  makeId: MakeId;
}): CreateCustomerDirectory {
  const { dialect, clock, makeId } = deps;

  async function find(tx: Transaction<Tables>, orgId: string, key: string): Promise<CustomerRef | undefined> {
    const known = await findCustomerByKey(tx, orgId, key);
    return known && holdCustomer(tx, dialect, orgId, known.id);
  }

  return (audit) => ({
    namesOf: readCustomerNames,

    async require(tx, orgId, customerId) {
      const customer = await holdCustomer(tx, dialect, orgId, customerId);
      if (customer) return customer;
      throw new MusterError("bad-request", "There is no such customer.", {
        details: [{ path: "customerId", message: "must be the id of a customer of this organization" }],
      });
    },

    async ensure(tx, orgId, given, by) {
      const name = given.replaceAll(/\s+/gu, " ");
      const key = nameKeyOf(name);
      const known = await find(tx, orgId, key);
      if (known) return known;
      const id = makeId();
      const at = clock.now();
      const isNew = await insertCustomer(tx, {
        id,
        org_id: orgId,
        name,
        name_key: key,
        name_sort: naturalSortKey(name),
        company: null,
        email: null,
        contacts: "[]",
        notes: "",
        search_text: searchTextOf({ name, company: null, email: null, contacts: [] }),
        archived_at: null,
        version: 1,
        created_at: at,
        updated_at: at,
        updated_by: by.actor.name,
      });
      // Several devices may name the same new customer at once.
      const made = isNew ? undefined : await find(tx, orgId, key);
      if (made) return made;
      await audit.record(tx, {
        orgId,
        ...by,
        action: "customer.created",
        subject: { type: "customer", id, name },
        customerId: id,
      });
      return { id, name };
    },
  });
}
