import type { DeviceListQuery, DeviceSort } from "@muster/shared/contracts/device.ts";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { type CompiledSelect, compileSelect } from "../../platform/database/compiled-select.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { ListPosition } from "./device-cursor.ts";
import { hasFilter } from "./device-filter.repository.ts";
import type { SummaryRow } from "./device-row.ts";
import {
  type DeviceQuery,
  isKnownOfTenant,
  selectNumbers,
  selectRows,
} from "./device-selection.repository.ts";
import { type Tenant, wholeOrganization } from "../../platform/tenant.ts";

export type ListedRow = SummaryRow & { sort_key: string | number; name_sort: string };

type Direction = DeviceListQuery["order"];
export type SortKey = RawBuilder<string | number>;
type PageLimits = { after: ListPosition | null; before?: ListPosition | null; limit: number };

/** The sort key of each list in its natural order: worst, highest or newest first, unknown last. */
export const SORT_KEYS: Record<DeviceSort, SortKey> = {
  attention: sql`d.attention_rank`,
  name: sql`d.name_sort`,
  customer: sql`d.customer_sort`,
  score: sql`case when s.status = 'unknown' then 101 else s.score end`,
  cpu: sql`-coalesce(s.cpu, -1)`,
  memory: sql`-coalesce(s.memory, -1)`,
  disk: sql`-coalesce(s.disk, -1)`,
  lastReport: sql`-coalesce(s.last_received_at, 0)`,
};

/** True when an index gives the rows of the page in their order, so that reading them costs the same for any number of devices. */
export function isIndexedList({ customerIds }: Tenant, query: DeviceListQuery): boolean {
  return (
    customerIds === null &&
    !hasFilter(query) &&
    (query.sort === "attention" || query.sort === "name" || query.sort === "customer")
  );
}

/** The rows of one page of an indexed list of a whole organization, and one more where there is a next page. */
export function readDevicePage(
  db: Kysely<Tables>,
  orgId: string,
  { sort, order, limit }: DeviceListQuery,
  after: ListPosition | null,
): Promise<ListedRow[]> {
  return readWholeList(sort, order, after !== null)(db, { orgId, limit: limit + 1, ...after });
}

/** Rows in one read for the stream. */
export const ROWS_PER_READ = 100;
const ID_NAMES = Array.from({ length: ROWS_PER_READ }, (_, index) => `id${index}`);

/** The rows of at most `ROWS_AT_ONCE` devices, without those that are archived or not there, in no order. */
export function readDeviceRows(
  db: Kysely<Tables>,
  tenant: Tenant,
  deviceIds: readonly string[],
): Promise<SummaryRow[]> {
  if (tenant.customerIds !== null) return selectKnown(db, tenant, deviceIds).execute();
  // Padded with the last id, so that the statement is always the same.
  const values = ID_NAMES.map((name, index) => [name, deviceIds[index] ?? deviceIds.at(-1) ?? ""]);
  return readRows(db, { ...Object.fromEntries(values), orgId: tenant.orgId });
}

const readRows = compileSelect<Record<string, string>, SummaryRow>(["orgId", ...ID_NAMES], (db, values) =>
  selectKnown(
    db,
    wholeOrganization(values["orgId"] ?? ""),
    ID_NAMES.map((name) => values[name] ?? ""),
  ),
);

/** Ids of all devices of the tenant that are not archived, in no order. */
export async function readListedIds(db: Kysely<Tables>, tenant: Tenant): Promise<string[]> {
  const rows = await selectNumbers(db, tenant).select("d.id").where("d.archived_at", "is", null).execute();
  return rows.map(({ id }) => id);
}

function selectKnown(db: Kysely<Tables>, tenant: Tenant, deviceIds: readonly string[]) {
  return selectRows(db)
    .where(isKnownOfTenant(tenant))
    .where("d.id", "in", deviceIds)
    .where("d.archived_at", "is", null);
}

type WholeListValues = { orgId: string; limit: number } & Partial<ListPosition>;
const wholeLists = new Map<string, CompiledSelect<WholeListValues, ListedRow>>();

/** The list that most pages show, without any filter: built once for each order. */
function readWholeList(sort: DeviceSort, order: Direction, continues: boolean) {
  const shape = `${sort} ${order} ${continues}`;
  const known = wholeLists.get(shape);
  if (known) return known;
  const made = compileSelect<WholeListValues, ListedRow>(
    ["orgId", "limit", ...(continues ? (["sortKey", "nameSort", "id"] as const) : [])],
    (db, { orgId, limit, sortKey = 0, nameSort = "", id = "" }) => {
      const key = SORT_KEYS[sort];
      const after = continues ? { sortKey, nameSort, id } : null;
      const rows = selectRows(db).select(key.as("sort_key")).where("d.archived_at", "is", null);
      return pageOf(rows.where("d.org_id", "=", orgId), key, order, { after, limit });
    },
  );
  wholeLists.set(shape, made);
  return made;
}

/** The first rows in an order, after a position and before another one where they are given. */
export function pageOf<Output>(
  rows: DeviceQuery<Output>,
  key: SortKey,
  order: Direction,
  { after, before = null, limit }: PageLimits,
) {
  const opposite = order === "asc" ? "desc" : "asc";
  return sorted(rows, key, order)
    .$if(after !== null, (begun) => begun.where(isAfter(key, order, after)))
    .$if(before !== null, (begun) => begun.where(isAfter(key, opposite, before)))
    .limit(limit);
}

function sorted<Output>(rows: DeviceQuery<Output>, key: SortKey, order: Direction): DeviceQuery<Output> {
  return rows.orderBy(key, order).orderBy("d.name_sort", order).orderBy("d.id", order);
}

function isAfter(key: SortKey, order: Direction, after: ListPosition | null) {
  const operator = order === "asc" ? sql`>` : sql`<`;
  return sql<boolean>`(${key}, d.name_sort, d.id) ${operator} (${after?.sortKey}, ${after?.nameSort}, ${after?.id})`;
}
