import type { ShownPresence } from "@muster/shared/contracts/device.ts";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { isOfTenant } from "../devices/device-selection.repository.ts";

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
export function readStatusGroups(db: Kysely<Tables>, tenant: Tenant, now: number): Promise<StatusGroup[]> {
  const isPaused = sql<number>`case when d.is_paused = 1 and (d.paused_until is null or d.paused_until > ${now})
    then 1 else 0 end`;
  return listed(db, tenant)
    .select(["d.shown", "d.attention_rank"])
    .select(({ fn }) => [fn.countAll<number>().as("devices"), fn.sum<number>(isPaused).as("paused")])
    .groupBy(["d.shown", "d.attention_rank"])
    .execute();
}

export function readScoreGroups(db: Kysely<Tables>, tenant: Tenant): Promise<ScoreGroup[]> {
  return listed(db, tenant)
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
  tenant: Tenant,
): Promise<Omit<StatusGroup, "paused">[]> {
  return listed(db, tenant)
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.shown", "d.attention_rank"])
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("s.status", "=", "unknown")
    .groupBy(["d.shown", "d.attention_rank"])
    .execute();
}

export async function countArchived(db: Kysely<Tables>, tenant: Tenant): Promise<number> {
  const { devices } = await db
    .selectFrom("devices as d")
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where(isOfTenant(tenant))
    .where("d.archived_at", "is not", null)
    .executeTakeFirstOrThrow();
  return devices;
}

const MAX_CUSTOMERS = 500;

/** Names of the customers that devices belong to, the first of them in natural order. */
export async function readCustomersWithDevices(db: Kysely<Tables>, tenant: Tenant): Promise<string[]> {
  const rows = await db
    .selectFrom("customers as c")
    .select("c.name")
    .where("c.org_id", "=", tenant.orgId)
    .where(isWithinLimit(tenant, "c.id"))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("devices as d")
          .select("d.device_no")
          .whereRef("d.customer_id", "=", "c.id")
          .where("d.archived_at", "is", null),
      ),
    )
    .orderBy("c.name_sort")
    .limit(MAX_CUSTOMERS)
    .execute();
  return rows.map(({ name }) => name);
}

/** Tags that devices carry, in no order. */
export async function readTagNames(db: Kysely<Tables>, tenant: Tenant): Promise<string[]> {
  const rows = await db
    .selectFrom((from) =>
      from.selectFrom("device_tags").select("tag").distinct().where("org_id", "=", tenant.orgId).as("t"),
    )
    .select("t.tag")
    .where(({ exists }) =>
      exists(
        listed(db, tenant)
          .innerJoin("device_tags as u", "u.device_no", "d.device_no")
          .select("u.tag")
          .where("u.org_id", "=", tenant.orgId)
          .where(sql<boolean>`u.tag = t.tag`),
      ),
    )
    .execute();
  return rows.map(({ tag }) => tag);
}

/** Reports per second that the intervals of devices with a connection add up to. */
export async function readExpectedRate(db: Kysely<Tables>, tenant: Tenant): Promise<number> {
  const { rate } = await listed(db, tenant)
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(sql<number | null>`sum(cast(1.0 as real) / s.interval_s)`.as("rate"))
    .where("d.connection", "=", "online")
    .where("s.interval_s", ">", 0)
    .executeTakeFirstOrThrow();
  return rate ?? 0;
}

function listed(db: Kysely<Tables>, tenant: Tenant) {
  return db.selectFrom("devices as d").where(isOfTenant(tenant)).where("d.archived_at", "is", null);
}
