import type { ShownPresence } from "@muster/shared/contracts/device.ts";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

// All functions read devices that are not archived, unless their name says otherwise.

/** Number of devices with the same status, and how many of them are paused. */
export type StatusGroup = {
  shown: ShownPresence;
  attention_rank: number;
  devices: number;
  paused: number;
};

/** Devices with one score that is known now. */
export type ScoreGroup = { score: number | null; devices: number };

/** `now` is wall time. */
export function readStatusGroups(db: Kysely<Tables>, orgId: string, now: number): Promise<StatusGroup[]> {
  const isPaused = sql<number>`case when d.is_paused = 1 and (d.paused_until is null or d.paused_until > ${now})
    then 1 else 0 end`;
  return listed(db, orgId)
    .select(["d.shown", "d.attention_rank"])
    .select(({ fn }) => [fn.countAll<number>().as("devices"), fn.sum<number>(isPaused).as("paused")])
    .groupBy(["d.shown", "d.attention_rank"])
    .execute();
}

export function readScoreGroups(db: Kysely<Tables>, orgId: string): Promise<ScoreGroup[]> {
  return listed(db, orgId)
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select("s.score")
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("s.status", "!=", "unknown")
    .groupBy("s.score")
    .execute();
}

/** Devices of unknown health, by status. */
export function readUnknownHealthGroups(
  db: Kysely<Tables>,
  orgId: string,
): Promise<Omit<StatusGroup, "paused">[]> {
  return listed(db, orgId)
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.shown", "d.attention_rank"])
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("s.status", "=", "unknown")
    .groupBy(["d.shown", "d.attention_rank"])
    .execute();
}

export async function countArchived(db: Kysely<Tables>, orgId: string): Promise<number> {
  const { devices } = await db
    .selectFrom("devices")
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("org_id", "=", orgId)
    .where("archived_at", "is not", null)
    .executeTakeFirstOrThrow();
  return devices;
}

/** Customers that devices belong to, in no order. */
export async function readCustomers(db: Kysely<Tables>, orgId: string): Promise<string[]> {
  const rows = await listed(db, orgId)
    .select("d.customer")
    .distinct()
    .where("d.customer", "is not", null)
    .execute();
  return rows.flatMap(({ customer }) => customer ?? []);
}

/** Tags that devices carry, in no order. */
export async function readTagNames(db: Kysely<Tables>, orgId: string): Promise<string[]> {
  const rows = await db
    .selectFrom((from) =>
      from.selectFrom("device_tags").select("tag").distinct().where("org_id", "=", orgId).as("t"),
    )
    .select("t.tag")
    .where(({ exists }) =>
      exists(
        listed(db, orgId)
          .innerJoin("device_tags as u", "u.device_no", "d.device_no")
          .select("u.tag")
          .where("u.org_id", "=", orgId)
          .where(sql<boolean>`u.tag = t.tag`),
      ),
    )
    .execute();
  return rows.map(({ tag }) => tag);
}

/** Wall time since which an outage of the organization is suspected. */
export async function readOutageSince(db: Kysely<Tables>, orgId: string): Promise<number | null> {
  const hold = await db
    .selectFrom("presence_holds")
    .select("since")
    .where("org_id", "=", orgId)
    .executeTakeFirst();
  return hold?.since ?? null;
}

function listed(db: Kysely<Tables>, orgId: string) {
  return db.selectFrom("devices as d").where("d.org_id", "=", orgId).where("d.archived_at", "is", null);
}
