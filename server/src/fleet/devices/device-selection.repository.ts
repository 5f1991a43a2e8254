import type { DeviceFilter } from "@muster/shared/contracts/device.ts";
import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { SUMMARY_DEVICE_COLUMNS, SUMMARY_STATE_COLUMNS } from "./device-row.ts";

export type JoinedTables = Tables & { d: Tables["devices"]; s: Tables["device_state"] };
/** A query over devices as `d` with their state as `s`. */
export type DeviceQuery<Output> = SelectQueryBuilder<JoinedTables, "d" | "s", Output>;

const DEVICE_SELECTION = SUMMARY_DEVICE_COLUMNS.map((name) => `d.${name}` as const);
const STATE_SELECTION = SUMMARY_STATE_COLUMNS.map((name) => `s.${name}` as const);

/** Whole rows of the fleet page. */
export function selectRows(db: Kysely<Tables>) {
  return selectDevices(db).select(DEVICE_SELECTION).select(STATE_SELECTION).select("d.name_sort");
}

/** Only the numbers of a tenant's devices: they sort much faster than whole rows. */
export function selectNumbers(db: Kysely<Tables>, tenant: Tenant): DeviceQuery<{ device_no: number }> {
  return selectDevices(db).select("d.device_no").where(isOfTenant(tenant));
}

/** As `selectNumbers`, without reading the state of each device where the filter does not need it: for counting all of them. */
export function selectCounted(
  db: Kysely<Tables>,
  tenant: Tenant,
  { health }: Pick<DeviceFilter, "health">,
): DeviceQuery<{ device_no: number }> {
  if (health) return selectNumbers(db, tenant);
  return db.selectFrom("devices as d").select("d.device_no").where(isOfTenant(tenant));
}

function selectDevices(db: Kysely<Tables>) {
  return db.selectFrom("devices as d").innerJoin("device_state as s", "s.device_no", "d.device_no");
}

/** The devices `d` of a tenant. Every read of devices for a member has this condition or `isKnownOfTenant`. */
export function isOfTenant(tenant: Tenant) {
  return sql<boolean>`(d.org_id = ${tenant.orgId} and ${isWithinLimit(tenant, "d.customer_id")})`;
}

/** For other modules: the condition that `column`, an id of a device, is of a device that the tenant reaches. */
export function isDeviceOfTenant(tenant: Tenant, column: string) {
  if (tenant.customerIds === null) return sql<boolean>`1 = 1`;
  return sql<boolean>`${sql.ref(column)} in (select d.id from devices as d where ${isOfTenant(tenant)})`;
}

/**
 * For queries by id: an expression without an index, because SQLite would otherwise scan all devices of an organization instead of
 * looking up a hundred ids.
 */
export function isKnownOfTenant(tenant: Tenant) {
  if (tenant.customerIds === null) return sql<boolean>`d.org_id || '' = ${tenant.orgId}`;
  const isReached = isWithinLimit(tenant, "d.customer_id");
  return sql<boolean>`(d.org_id || '' = ${tenant.orgId} and ${isReached})`;
}
