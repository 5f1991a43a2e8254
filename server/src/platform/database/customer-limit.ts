import { type RawBuilder, sql } from "kysely";
import type { Tenant } from "../tenant.ts";

/** The condition that a row belongs to the customers of a tenant; `column` is its `customer_id`. Always true without a limit. */
export function isWithinLimit({ customerIds }: Tenant, column: string): RawBuilder<boolean> {
  if (customerIds === null) return sql<boolean>`1 = 1`;
  if (customerIds.length === 0) return sql<boolean>`1 = 0`;
  return sql<boolean>`${sql.ref(column)} in (${sql.join(customerIds)})`;
}
