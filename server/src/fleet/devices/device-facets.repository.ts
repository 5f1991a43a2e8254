import type { DeviceFacet, DeviceFilter } from "@muster/shared/contracts/device.ts";
import { NO_CUSTOMER } from "@muster/shared/customers.ts";
import { ranksOf } from "@muster/shared/health/attention-rank.ts";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { readStoredFilter, type StoredFilter, withFilter } from "./device-filter.repository.ts";
import { type DeviceQuery, selectCounted } from "./device-selection.repository.ts";
import { type DeviceSlice, isInSlice, readSlices } from "./device-slices.repository.ts";

/** Devices by the value of a filter, each with the name of the customer where the value is its id. */
export type FacetCounts = Map<string, { name: string | null; devices: number }>;
export type CountedFacets = { total: number; counts: Map<DeviceFacet, FacetCounts> };

type ColumnFacet = Exclude<DeviceFacet, "tag">;

/** The value of each facet at the wall time `now`. */
const columnsAt = (now: number): Record<ColumnFacet, RawBuilder<string | null>> => ({
  attention: sql`case when d.attention_rank < ${sql.lit(ranksOf("warn").from)} then 'critical'
    when d.attention_rank < ${sql.lit(ranksOf("none").from)} then 'warn' else 'none' end`,
  presence: sql`d.shown`,
  customerId: sql`coalesce(d.customer_id, ${sql.lit(NO_CUSTOMER)})`,
  class: sql`coalesce(d.class_chosen, d.class_guess)`,
  osFamily: sql`d.os_family`,
  osName: sql`d.os_name`,
  agentVersion: sql`d.agent_version`,
  // Empty where nobody is logged in.
  user: sql`nullif(d.user_name, '')`,
  rebootRequired: sql`case when d.reboot_required = 1 then 'true' else 'false' end`,
  paused: sql`case when d.is_paused = 1 and (d.paused_until is null or d.paused_until > ${now})
    then 'true' else 'false' end`,
});

/** What each filter narrows by: its choices are counted without it. */
const NARROWED_BY: Record<DeviceFacet, readonly (keyof DeviceFilter)[]> = {
  attention: ["attention"],
  presence: ["presence"],
  customerId: ["customerId", "customer"],
  tag: ["tag"],
  class: ["class"],
  osFamily: ["osFamily"],
  osName: ["osName"],
  agentVersion: ["agentVersion"],
  user: ["user"],
  rebootRequired: ["rebootRequired"],
  paused: ["paused"],
};

/** Facets that are counted under the same filter, and so in one statement. */
type Group = { filter: StoredFilter; facets: ColumnFacet[]; hasTags: boolean; isWhole: boolean };

/** Counts the devices of each choice of `facets` under the other filters, slice by slice. `now` is wall time. */
export async function countFacets(
  db: Kysely<Tables>,
  tenant: Tenant,
  { facets, filter }: { facets: readonly DeviceFacet[]; filter: DeviceFilter },
  { now, pause }: { now: number; pause(): Promise<void> },
): Promise<CountedFacets> {
  const groups = groupsOf(facets, await readStoredFilter(db, tenant.orgId, filter));
  const counted: CountedFacets = { total: 0, counts: new Map(facets.map((facet) => [facet, new Map()])) };
  for await (const slice of readSlices(db, tenant.orgId, filter.archived)) {
    for (const group of groups) {
      const devices = selectCounted(db, tenant, group.filter)
        .$call((numbers) => withFilter(numbers, tenant.orgId, group.filter, now))
        .where(isInSlice(slice));
      await countColumns(devices, { group, columns: columnsAt(now) }, counted);
      if (group.hasTags) await countTags(db, tenant, { group, slice, now }, counted);
      await pause();
    }
  }
  return counted;
}

function groupsOf(facets: readonly DeviceFacet[], filter: StoredFilter): Group[] {
  const whole: Group = { filter, facets: [], hasTags: false, isWhole: true };
  const groups = [whole];
  for (const facet of new Set(facets)) {
    let group = whole;
    if (NARROWED_BY[facet].some((name) => filter[name] !== undefined)) {
      group = { filter: withoutFacet(filter, facet), facets: [], hasTags: false, isWhole: false };
      groups.push(group);
    }
    if (facet === "tag") group.hasTags = true;
    else group.facets.push(facet);
  }
  return groups;
}

function withoutFacet(filter: StoredFilter, facet: DeviceFacet): StoredFilter {
  const left = { ...filter, ...Object.fromEntries(NARROWED_BY[facet].map((name) => [name, undefined])) };
  return facet === "customerId" ? { ...left, namedCustomerIds: null } : left;
}

async function countColumns(
  devices: DeviceQuery<{ device_no: number }>,
  { group: { facets, isWhole }, columns }: { group: Group; columns: ReturnType<typeof columnsAt> },
  counted: CountedFacets,
): Promise<void> {
  if (facets.length === 0 && !isWhole) return;
  const values = facets.map((facet, index) => columns[facet].as(`value_${index}`));
  const names = facets.includes("customerId") ? [sql<string | null>`d.customer`.as("name")] : [];
  const keys = [...facets.map((_, index) => `value_${index}`), ...(names.length > 0 ? ["name"] : [])];
  const rows: Record<string, unknown>[] = await devices
    .clearSelect()
    .select([...values, ...names, sql<number>`count(*)`.as("devices")])
    .$if(keys.length > 0, (query) => query.groupBy(keys.map((key) => sql.ref(key))))
    .execute();
  for (const row of rows) {
    const found = Number(row["devices"]);
    if (isWhole) counted.total += found;
    for (const [index, facet] of facets.entries()) {
      const name = facet === "customerId" ? row["name"] : null;
      add(counted, facet, row[`value_${index}`], { name, devices: found });
    }
  }
}

async function countTags(
  db: Kysely<Tables>,
  tenant: Tenant,
  { group, slice, now }: { group: Group; slice: DeviceSlice; now: number },
  counted: CountedFacets,
): Promise<void> {
  const rows = await db
    .selectFrom("device_tags as t")
    .select(["t.tag", sql<number>`count(*)`.as("devices")])
    .where(
      "t.device_no",
      "in",
      selectCounted(db, tenant, group.filter)
        .$call((numbers) => withFilter(numbers, tenant.orgId, group.filter, now))
        .where(isInSlice(slice)),
    )
    .groupBy("t.tag")
    .execute();
  for (const { tag, devices } of rows) add(counted, "tag", tag, { name: null, devices });
}

function add(
  { counts }: CountedFacets,
  facet: DeviceFacet,
  value: unknown,
  { name, devices }: { name: unknown; devices: number },
): void {
  if (typeof value !== "string") return;
  const known = counts.get(facet)?.get(value)?.devices ?? 0;
  counts.get(facet)?.set(value, { name: typeof name === "string" ? name : null, devices: known + devices });
}
