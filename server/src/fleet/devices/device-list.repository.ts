import type { DeviceListQuery, DeviceSort } from "@muster/shared/contracts/device.ts";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { withFilter } from "./device-filter.repository.ts";
import type { ListPosition } from "./device-cursor.ts";
import { SUMMARY_DEVICE_COLUMNS, SUMMARY_STATE_COLUMNS, type SummaryRow } from "./device-row.ts";

export type ListedRow = SummaryRow & { sort_key: string | number; name_sort: string };

/** What each list is ordered by in its natural order: worst, highest or newest first, unknown last. */
const SORT_KEYS: Record<DeviceSort, RawBuilder<string | number>> = {
  attention: sql`d.attention_rank`,
  name: sql`d.name_sort`,
  customer: sql`d.customer_sort`,
  score: sql`case when s.status = 'unknown' then 101 else s.score end`,
  cpu: sql`-coalesce(s.cpu, -1)`,
  memory: sql`-coalesce(s.memory, -1)`,
  disk: sql`-coalesce(s.disk, -1)`,
  lastReport: sql`-coalesce(s.last_received_at, 0)`,
};

/** The rows of one page, and one more where there is a next page. `now` is wall time. */
export function readDevicePage(
  db: Kysely<Tables>,
  orgId: string,
  query: DeviceListQuery,
  { after, now }: { after: ListPosition | null; now: number },
): Promise<ListedRow[]> {
  const key = SORT_KEYS[query.sort];
  const direction = query.order;
  const rows = selectRows(db)
    .select(key.as("sort_key"))
    .where("d.org_id", "=", orgId)
    .$call((builder) => withFilter(builder, orgId, query, now))
    .$if(after !== null, (builder) => builder.where(isBeyond(key, direction, after)))
    .orderBy(key, direction)
    .orderBy("d.name_sort", direction)
    .orderBy("d.id", direction)
    .limit(query.limit + 1);
  return rows.execute();
}

/** The rows of some devices that are not archived, in no order: for the stream of changes. */
export function readDeviceRows(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
): Promise<SummaryRow[]> {
  return selectRows(db)
    .where("d.org_id", "=", orgId)
    .where("d.id", "in", deviceIds)
    .where("d.archived_at", "is", null)
    .execute();
}

function selectRows(db: Kysely<Tables>) {
  return db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(DEVICE_SELECTION)
    .select(STATE_SELECTION)
    .select("d.name_sort");
}

const DEVICE_SELECTION = SUMMARY_DEVICE_COLUMNS.map((name) => `d.${name}` as const);
const STATE_SELECTION = SUMMARY_STATE_COLUMNS.map((name) => `s.${name}` as const);

function isBeyond(key: RawBuilder<string | number>, direction: "asc" | "desc", after: ListPosition | null) {
  const operator = direction === "asc" ? sql`>` : sql`<`;
  return sql<boolean>`(${key}, d.name_sort, d.id) ${operator} (${after?.sortKey}, ${after?.nameSort}, ${after?.id})`;
}
