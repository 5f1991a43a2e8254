import type { ShownPresence } from "@muster/shared/contracts/device.ts";
import type { HealthStatus } from "@muster/shared/health/score.ts";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

// Every figure here is about an organization's devices that are not archived, unless it says otherwise.

/** Devices that stand alike. */
export type StandingGroup = { shown: ShownPresence; attention_rank: number; devices: number };

/** Devices with one status and newest known score. */
export type ScoreGroup = { status: HealthStatus; score: number | null; devices: number };

export function readStandingGroups(db: Kysely<Tables>, orgId: string): Promise<StandingGroup[]> {
  return listed(db, orgId)
    .select(["d.shown", "d.attention_rank"])
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .groupBy(["d.shown", "d.attention_rank"])
    .execute();
}

export function readScoreGroups(db: Kysely<Tables>, orgId: string): Promise<ScoreGroup[]> {
  return listed(db, orgId)
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["s.status", "s.score"])
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .groupBy(["s.status", "s.score"])
    .execute();
}

/** Those of unknown health, by how they stand. */
export function readUnknownGroups(db: Kysely<Tables>, orgId: string): Promise<StandingGroup[]> {
  return listed(db, orgId)
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.shown", "d.attention_rank"])
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("s.status", "=", "unknown")
    .groupBy(["d.shown", "d.attention_rank"])
    .execute();
}

/** How many are paused at the wall time `now`. */
export async function countPaused(db: Kysely<Tables>, orgId: string, now: number): Promise<number> {
  const { devices } = await listed(db, orgId)
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where(sql<boolean>`d.is_paused = 1`)
    .where((where) => where.or([where("d.paused_until", "is", null), where("d.paused_until", ">", now)]))
    .executeTakeFirstOrThrow();
  return devices;
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

/** Wall time since which a fifth of the organization is silent. */
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
