import type { CustomerListQuery, CustomerRef } from "@muster/shared/contracts/customer.ts";
import { nameKeyOf } from "@muster/shared/name-key.ts";
import { type Kysely, sql, type Transaction } from "kysely";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { CustomersTable } from "../fleet.tables.ts";
import type { CustomerPosition } from "./customer-cursor.ts";

const MAX_SEARCH_TERMS = 8;

/** The customers of a tenant. Every read of customers for a member has this condition. */
function selectCustomers(db: Kysely<Tables>, tenant: Tenant) {
  return db
    .selectFrom("customers")
    .selectAll()
    .where("org_id", "=", tenant.orgId)
    .where(isWithinLimit(tenant, "id"));
}

export function findCustomer(
  db: Kysely<Tables>,
  tenant: Tenant,
  customerId: string,
): Promise<CustomersTable | undefined> {
  return selectCustomers(db, tenant).where("id", "=", customerId).executeTakeFirst();
}

/** Customers of a page in the order of their names, one more than its limit. */
export function readCustomers(
  db: Kysely<Tables>,
  tenant: Tenant,
  query: CustomerListQuery,
  after: CustomerPosition | null,
): Promise<CustomersTable[]> {
  let rows = selectCustomers(db, tenant).where("archived_at", query.archived ? "is not" : "is", null);
  for (const term of termsOf(query.search)) {
    const pattern = `%${term.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    rows = rows.where(sql<boolean>`search_text like ${pattern} escape '\\'`);
  }
  if (after) rows = rows.where(sql<boolean>`(name_sort, id) > (${after.nameSort}, ${after.id})`);
  return rows
    .orderBy("name_sort")
    .orderBy("id")
    .limit(query.limit + 1)
    .execute();
}

function termsOf(search: string | undefined): string[] {
  const terms = nameKeyOf(search ?? "").split(" ");
  return terms.filter((term) => term !== "").slice(0, MAX_SEARCH_TERMS);
}

export async function readCustomerNames(
  db: Kysely<Tables>,
  orgId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("customers")
    .select(["id", "name"])
    .where("org_id", "=", orgId)
    .where("id", "in", customerIds)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The customer with a name that has this key. */
export function findCustomerByKey(
  db: Kysely<Tables>,
  orgId: string,
  key: string,
): Promise<CustomerRef | undefined> {
  return db
    .selectFrom("customers")
    .select(["id", "name"])
    .where("org_id", "=", orgId)
    .where("name_key", "=", key)
    .executeTakeFirst();
}

export function findCustomerByEmail(
  db: Kysely<Tables>,
  orgId: string,
  email: string,
): Promise<CustomerRef | undefined> {
  return db
    .selectFrom("customers")
    .select(["id", "name"])
    .where("org_id", "=", orgId)
    .where("email", "=", email)
    .executeTakeFirst();
}

/** Reads a customer and keeps its name and existence until the transaction ends. SQLite has one writer and needs no lock. */
export function holdCustomer(
  tx: Transaction<Tables>,
  dialect: Dialect,
  orgId: string,
  customerId: string,
): Promise<CustomerRef | undefined> {
  const query = tx
    .selectFrom("customers")
    .select(["id", "name"])
    .where("org_id", "=", orgId)
    .where("id", "=", customerId);
  return (dialect === "postgres" ? query.forShare() : query).executeTakeFirst();
}

/** Reads customers for a change, in one order, so that two changes do not deadlock. */
export function lockCustomers(
  tx: Transaction<Tables>,
  dialect: Dialect,
  tenant: Tenant,
  customerIds: readonly string[],
): Promise<CustomersTable[]> {
  const query = selectCustomers(tx, tenant).where("id", "in", customerIds).orderBy("id");
  return (dialect === "postgres" ? query.forUpdate() : query).execute();
}

/** Returns false when another customer has the name or the e-mail address by now. */
export async function insertCustomer(tx: Transaction<Tables>, row: CustomersTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("customers")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Writes columns and increments the version. */
export async function updateCustomer(
  tx: Transaction<Tables>,
  orgId: string,
  customerId: string,
  change: Partial<Omit<CustomersTable, "id" | "org_id" | "version">>,
): Promise<void> {
  await tx
    .updateTable("customers")
    .set((row) => ({ ...change, version: row("version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("id", "=", customerId)
    .execute();
}

export async function deleteCustomer(
  tx: Transaction<Tables>,
  orgId: string,
  customerId: string,
): Promise<void> {
  await tx.deleteFrom("customers").where("org_id", "=", orgId).where("id", "=", customerId).execute();
}
