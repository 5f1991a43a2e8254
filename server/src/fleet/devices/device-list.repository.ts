import type { DeviceListQuery, DeviceSort } from "@muster/shared/contracts/device.ts";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { type CompiledSelect, compileSelect } from "../../platform/database/compiled-select.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { ListPosition } from "./device-cursor.ts";
import { hasFilter, withFilter } from "./device-filter.repository.ts";
import type { SummaryRow } from "./device-row.ts";
import {
  type DeviceQuery,
  isOfOrganization,
  selectNumbers,
  selectRows,
} from "./device-selection.repository.ts";

export type ListedRow = SummaryRow & { sort_key: string | number; name_sort: string };

type Direction = DeviceListQuery["order"];
type Key = RawBuilder<string | number>;
type PageLimits = { after: ListPosition | null; limit: number };

/** The sort key of each list in its natural order: worst, highest or newest first, unknown last. */
const SORT_KEYS: Record<DeviceSort, Key> = {
  attention: sql`d.attention_rank`,
  name: sql`d.name_sort`,
  customer: sql`d.customer_sort`,
  score: sql`case when s.status = 'unknown' then 101 else s.score end`,
  cpu: sql`-coalesce(s.cpu, -1)`,
  memory: sql`-coalesce(s.memory, -1)`,
  disk: sql`-coalesce(s.disk, -1)`,
  lastReport: sql`-coalesce(s.last_received_at, 0)`,
};

/** A search reads every device, which is faster in table order than in the order of an index. */
const UNINDEXED_KEYS: Record<DeviceSort, Key> = {
  ...SORT_KEYS,
  attention: sql`+d.attention_rank`,
  name: sql`d.name_sort || ''`,
  customer: sql`d.customer_sort || ''`,
};

/** The rows of one page, and one more where there is a next page. `now` is wall time. */
export function readDevicePage(
  db: Kysely<Tables>,
  orgId: string,
  query: DeviceListQuery,
  { after, now }: { after: ListPosition | null; now: number },
): Promise<ListedRow[]> {
  const { sort, order } = query;
  const place = { after, limit: query.limit + 1 };
  if (!hasFilter(query)) return readWholeList(sort, order, after !== null)(db, { orgId, ...place, ...after });
  const narrowed = selectNumbers(db, orgId).$call((numbers) => withFilter(numbers, orgId, query, now));
  const key = query.search ? UNINDEXED_KEYS[sort] : SORT_KEYS[sort];
  return selectRows(db)
    .select(SORT_KEYS[sort].as("sort_key"))
    .where(
      "d.device_no",
      "in",
      narrowed.$call((numbers) => pageOf(numbers, key, order, place)),
    )
    .$call((rows) => sorted(rows, SORT_KEYS[sort], order))
    .execute();
}

/** Rows in one read for the stream. */
export const ROWS_PER_READ = 100;
const ID_NAMES = Array.from({ length: ROWS_PER_READ }, (_, index) => `id${index}`);

/** The rows of at most `ROWS_AT_ONCE` devices, without those that are archived or not there, in no order. */
export function readDeviceRows(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
): Promise<SummaryRow[]> {
  // Padded with the last id, so that the statement is always the same.
  const values = ID_NAMES.map((name, index) => [name, deviceIds[index] ?? deviceIds.at(-1) ?? ""]);
  return readRows(db, { ...Object.fromEntries(values), orgId });
}

const readRows = compileSelect<Record<string, string>, SummaryRow>(["orgId", ...ID_NAMES], (db, values) =>
  selectRows(db)
    .where(isOfOrganization(values["orgId"] ?? ""))
    .where(
      "d.id",
      "in",
      ID_NAMES.map((name) => values[name] ?? ""),
    )
    .where("d.archived_at", "is", null),
);

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
      if (sort === "attention" || sort === "name" || sort === "customer") {
        return pageOf(rows.where("d.org_id", "=", orgId), key, order, { after, limit });
      }
      const numbers = selectNumbers(db, orgId).where("d.archived_at", "is", null);
      return sorted(
        rows.where("d.device_no", "in", pageOf(numbers, key, order, { after, limit })),
        key,
        order,
      );
    },
  );
  wholeLists.set(shape, made);
  return made;
}

function pageOf<Output>(rows: DeviceQuery<Output>, key: Key, order: Direction, { after, limit }: PageLimits) {
  return sorted(rows, key, order)
    .$if(after !== null, (begun) => begun.where(isAfter(key, order, after)))
    .limit(limit);
}

function sorted<Output>(rows: DeviceQuery<Output>, key: Key, order: Direction): DeviceQuery<Output> {
  return rows.orderBy(key, order).orderBy("d.name_sort", order).orderBy("d.id", order);
}

function isAfter(key: Key, order: Direction, after: ListPosition | null) {
  const operator = order === "asc" ? sql`>` : sql`<`;
  return sql<boolean>`(${key}, d.name_sort, d.id) ${operator} (${after?.sortKey}, ${after?.nameSort}, ${after?.id})`;
}
