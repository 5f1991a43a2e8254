import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
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

/** Only the numbers of an organization's devices: they sort much faster than whole rows. */
export function selectNumbers(db: Kysely<Tables>, orgId: string): DeviceQuery<{ device_no: number }> {
  return selectDevices(db).select("d.device_no").where("d.org_id", "=", orgId);
}

function selectDevices(db: Kysely<Tables>) {
  return db.selectFrom("devices as d").innerJoin("device_state as s", "s.device_no", "d.device_no");
}

/**
 * For queries by id: an expression without an index, because SQLite would otherwise scan all devices of an organization instead of
 * looking up a hundred ids.
 */
export function isOfOrganization(orgId: string) {
  return sql<boolean>`d.org_id || '' = ${orgId}`;
}
