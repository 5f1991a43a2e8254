import type { FleetSummary, ShownPresence } from "@muster/shared/contracts/device.ts";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** How many devices of an organization that are not archived are alike in everything that the summary counts. */
export type SummaryGroup = {
  shown: ShownPresence;
  attention_rank: number;
  paused_now: 0 | 1;
  /** Null when it is not known now. */
  known_score: number | null;
  devices: number;
};

/** Reads all devices once, grouped. `now` is wall time. */
export function readSummaryGroups(db: Kysely<Tables>, orgId: string, now: number): Promise<SummaryGroup[]> {
  const isPaused = sql<
    0 | 1
  >`case when d.is_paused = 1 and (d.paused_until is null or d.paused_until > ${now})
    then 1 else 0 end`;
  const score = sql<number | null>`case when s.status = 'unknown' then null else s.score end`;
  return db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.shown", "d.attention_rank"])
    .select([isPaused.as("paused_now"), score.as("known_score")])
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("d.org_id", "=", orgId)
    .where("d.archived_at", "is", null)
    .groupBy(["d.shown", "d.attention_rank", "paused_now", "known_score"])
    .execute();
}

/** What filters offer, and what is counted apart from the devices that are listed. */
export async function readSummaryRest(
  db: Kysely<Tables>,
  orgId: string,
): Promise<Pick<FleetSummary, "archived" | "customers" | "tags"> & { outageSince: number | null }> {
  const listed = db.selectFrom("devices").where("org_id", "=", orgId).where("archived_at", "is", null);
  const customers = await listed
    .select(["customer", "customer_sort"])
    .distinct()
    .where("customer", "is not", null)
    .orderBy("customer_sort")
    .orderBy("customer")
    .execute();
  const tags = await db
    .selectFrom("device_tags as t")
    .innerJoin("devices as d", "d.device_no", "t.device_no")
    .select("t.tag")
    .distinct()
    .where("t.org_id", "=", orgId)
    .where("d.archived_at", "is", null)
    .orderBy("t.tag")
    .execute();
  const archived = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("org_id", "=", orgId)
    .where("archived_at", "is not", null)
    .executeTakeFirstOrThrow();
  const hold = await db
    .selectFrom("presence_holds")
    .select("since")
    .where("org_id", "=", orgId)
    .executeTakeFirst();
  return {
    archived: archived.devices,
    customers: customers.flatMap(({ customer }) => customer ?? []),
    tags: tags.map(({ tag }) => tag),
    outageSince: hold?.since ?? null,
  };
}
