import type { AlarmFilter, AlarmListQuery, AlarmSort } from "@muster/shared/contracts/alarm.ts";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { selectAlarms } from "./alarm.repository.ts";
import { severityRankOf } from "./alarm-machine.ts";
import type { AlarmPosition } from "./alarm-cursor.ts";
import type { AlarmRow } from "./alarms.tables.ts";

const SORT_COLUMNS = {
  severity: ["severity_rank", "opened_at", "id"],
  opened: ["opened_at", "id"],
  ended: ["ended_at", "id"],
} as const satisfies Record<AlarmSort, readonly (keyof AlarmRow)[]>;

/** Where a page begins, null for the first one, and the wall time at which it is read. */
type ListPosition = { position: AlarmPosition | null; now: number };

/** The rows of a page after `position`, one more than its limit. */
export async function listAlarms(
  db: Kysely<Tables>,
  tenant: Tenant,
  query: AlarmListQuery,
  { position, now }: ListPosition,
): Promise<AlarmRow[]> {
  if (query.sort !== "severity" || query.state !== "all")
    return readPage(db, tenant, query, { position, now });
  // Each state has an index of its own in this order.
  const open = await readPage(db, tenant, { ...query, state: "open" }, { position, now });
  const ended = await readPage(db, tenant, { ...query, state: "ended" }, { position, now });
  const direction = query.order === "desc" ? -1 : 1;
  const merged = [...open, ...ended].toSorted((a, b) => bySeverity(a, b) * direction);
  return merged.slice(0, query.limit + 1);
}

function readPage(
  db: Kysely<Tables>,
  tenant: Tenant,
  query: AlarmListQuery,
  { position, now }: ListPosition,
): Promise<AlarmRow[]> {
  const { sort, order } = query;
  let rows = filtered(db, tenant, sort === "ended" ? { ...query, state: "ended" } : query, now).selectAll();
  if (position !== null) rows = rows.where(isAfter(position, query));
  for (const column of SORT_COLUMNS[sort]) rows = rows.orderBy(sortTermOf(column, query), order);
  return rows.limit(query.limit + 1).execute();
}

function bySeverity(a: AlarmRow, b: AlarmRow): number {
  const difference = a.severity_rank - b.severity_rank || a.opened_at - b.opened_at;
  return difference === 0 ? (a.id < b.id ? -1 : 1) : difference;
}

/** SQLite would read all alarms in their order rather than sort the few of one device, rule or span, unless the order has no index. */
function sortTermOf(
  column: (typeof SORT_COLUMNS)[AlarmSort][number],
  { deviceId, ruleId, ids, openedFrom }: AlarmFilter,
) {
  const isOfFew = [deviceId, ruleId, ids, openedFrom].some((value) => value !== undefined);
  return isOfFew && column !== "id" ? sql<number>`${sql.ref(column)} + 0` : sql<number>`${sql.ref(column)}`;
}

/** How many alarms fit a filter, by severity, and how many of them are acknowledged. */
export function countAlarms(
  db: Kysely<Tables>,
  tenant: Tenant,
  filter: AlarmFilter,
  now: number,
): Promise<{ severity_rank: number; alarms: number; acknowledged: number }[]> {
  return filtered(db, tenant, filter, now)
    .select(["severity_rank", (count) => count.fn.countAll<number>().as("alarms")])
    .select((count) => count.fn.count<number>("acknowledged_at").as("acknowledged"))
    .groupBy("severity_rank")
    .execute();
}

function filtered(db: Kysely<Tables>, tenant: Tenant, filter: AlarmFilter, now: number) {
  const { state, severity, customerId, deviceId, ruleId, type, assignee, acknowledged, search } = filter;
  const { ids, openedFrom, openedTo, snoozed, unstable } = filter;
  let query = selectAlarms(db, tenant);
  if (state !== "all") query = query.where("ended_at", state === "open" ? "is" : "is not", null);
  if (severity) query = query.where("severity_rank", "in", severity.map(severityRankOf));
  if (customerId) query = query.where("customer_id", "in", customerId);
  if (deviceId) query = query.where("device_id", "=", deviceId);
  if (ruleId) query = query.where("rule_id", "=", ruleId);
  if (ids) query = query.where("id", "in", ids);
  if (openedFrom) query = query.where("opened_at", ">=", Date.parse(openedFrom));
  if (openedTo) query = query.where("opened_at", "<", Date.parse(openedTo));
  if (type) query = query.where("type", "in", type);
  if (assignee === "none") query = query.where("assignee_id", "is", null);
  else if (assignee) query = query.where("assignee_id", "=", assignee);
  if (acknowledged !== undefined) {
    query = query.where("acknowledged_at", acknowledged ? "is not" : "is", null);
  }
  const isSnoozed = sql<boolean>`(ended_at is null and snoozed_until is not null and snoozed_until > ${now})`;
  if (snoozed === true) query = query.where(isSnoozed);
  if (snoozed === false) query = query.where(sql<boolean>`(${isSnoozed}) is not true`);
  const isUnstable = sql<boolean>`(ended_at is null and unstable_since is not null)`;
  if (unstable === true) query = query.where(isUnstable);
  if (unstable === false) query = query.where(sql<boolean>`(${isUnstable}) is not true`);
  if (search) {
    query = query.where(sql<boolean>`search_text like ${containing(search.toLowerCase())} escape '\\'`);
  }
  return query;
}

function isAfter({ rank, at, id }: AlarmPosition, { sort, order }: Pick<AlarmListQuery, "sort" | "order">) {
  const columns = sql.join(SORT_COLUMNS[sort].map((column) => sql.ref(column)));
  const values = sql.join(sort === "severity" ? [rank, at, id] : [at, id]);
  return order === "desc"
    ? sql<boolean>`(${columns}) < (${values})`
    : sql<boolean>`(${columns}) > (${values})`;
}

function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
