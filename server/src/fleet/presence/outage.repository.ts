import { type Kysely, sql } from "kysely";
import { inSlices } from "../../platform/database/in-slices.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { siteKeyOf } from "./site.ts";

/** Wall time since which the oldest outage that the tenant reaches is suspected; null without one. */
export async function readOutageSince(
  db: Kysely<Tables>,
  { orgId, customerIds }: Tenant,
): Promise<number | null> {
  const { since } = await db
    .selectFrom("presence_holds")
    .select(({ fn }) => fn.min<number | null>("since").as("since"))
    .where("org_id", "=", orgId)
    // What concerns the whole organization says nothing about single customers.
    .$if(customerIds !== null, (holds) => holds.where("customer_id", "in", [...(customerIds ?? []), ""]))
    .executeTakeFirstOrThrow();
  return since;
}

/** The outage of its site, which lasts, in which a device stopped reporting. */
export type DeviceOutage = {
  /** Key of the site. */
  site: string;
  /** Whether the device reports again. */
  isOver: boolean;
};

/** Those of the devices that stopped reporting in an outage of their site that lasts. */
export async function readDevicesInOutage(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, DeviceOutage>> {
  const holds = await db
    .selectFrom("presence_holds")
    .select(["site", "missed_from"])
    .where("org_id", "=", orgId)
    .where("site", "<>", "")
    .execute();
  const missedFrom = new Map(holds.map(({ site, missed_from }) => [site, missed_from]));
  if (missedFrom.size === 0) return new Map();
  const missedAt = sql<number>`(s.last_seen_at + 1000 * s.interval_s)`;
  const rows = await inSlices(deviceIds, (slice) =>
    db
      .selectFrom("devices as d")
      .innerJoin("device_state as s", "s.device_no", "d.device_no")
      .select(["d.id", "d.customer_id", "d.public_network", "d.connection", missedAt.as("missed_at")])
      .where("d.org_id", "=", orgId)
      .where("d.id", "in", slice)
      .where("d.last_word", "is", null)
      .execute(),
  );
  const found = new Map<string, DeviceOutage>();
  for (const { id, customer_id, public_network, connection, missed_at } of rows) {
    const site = siteKeyOf({ customerId: customer_id, network: public_network });
    const from = site === null ? undefined : missedFrom.get(site);
    if (site !== null && from !== undefined && missed_at >= from)
      found.set(id, { site, isOver: connection === "online" });
  }
  return found;
}
