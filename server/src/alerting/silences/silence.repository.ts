import type { SilencesQuery } from "@muster/shared/contracts/silence.ts";
import type { Kysely, Transaction } from "kysely";
import { isWithinLimit } from "../../platform/database/customer-limit.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import type { SilenceRow } from "./silences.tables.ts";

const MAX_LISTED = 500;

/** The silences of a tenant; those for single customers within its limit only. `silence-reach.ts` leaves out what else it does not reach. */
function selectSilences(db: Kysely<Tables>, tenant: Tenant) {
  return db
    .selectFrom("silences")
    .selectAll()
    .where("org_id", "=", tenant.orgId)
    .where((where) => where.or([where("customer_id", "is", null), isWithinLimit(tenant, "customer_id")]));
}

/** The newest first. */
export function readSilences(
  db: Kysely<Tables>,
  tenant: Tenant,
  state: SilencesQuery["state"],
  now: number,
): Promise<SilenceRow[]> {
  let query = selectSilences(db, tenant);
  // One whose time is over counts as ended before a job has looked at it.
  if (state === "current") query = query.where("ended_at", "is", null).where("ends_at", ">", now);
  if (state === "ended") {
    query = query.where((where) =>
      where.or([where("ended_at", "is not", null), where("ends_at", "<=", now)]),
    );
  }
  return query.orderBy("id", "desc").limit(MAX_LISTED).execute();
}

export function findSilence(
  db: Kysely<Tables>,
  tenant: Tenant,
  silenceId: string,
): Promise<SilenceRow | undefined> {
  return selectSilences(db, tenant).where("id", "=", silenceId).executeTakeFirst();
}

/** The silences of an organization that are in force at `now`. */
export function readActiveSilences(db: Kysely<Tables>, orgId: string, now: number): Promise<SilenceRow[]> {
  return db
    .selectFrom("silences")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("closed_at", "is", null)
    .where("ended_at", "is", null)
    .where("starts_at", "<=", now)
    .where("ends_at", ">", now)
    .execute();
}

export async function insertSilence(tx: Transaction<Tables>, row: SilenceRow): Promise<void> {
  await tx.insertInto("silences").values(row).execute();
}

/** Returns false when the silence has another version by now. */
export async function updateSilence(
  tx: Transaction<Tables>,
  row: SilenceRow,
  version: number,
): Promise<boolean> {
  // What jobs write stays as it is.
  const { id, org_id, idle_since, released_to, closed_at, ...columns } = row;
  const { numUpdatedRows } = await tx
    .updateTable("silences")
    .set(columns)
    .where("org_id", "=", org_id)
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

/** Gives the silences about a customer to another one. */
export async function moveSilences(
  tx: Transaction<Tables>,
  orgId: string,
  from: string,
  into: string,
): Promise<void> {
  const scope = JSON.stringify({ kind: "customer", customerId: into });
  await tx
    .updateTable("silences")
    .set((of) => ({ customer_id: into, scope, version: of("version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("customer_id", "=", from)
    .execute();
  // What a limited author silenced goes on for the same devices.
  const limited = await tx
    .selectFrom("silences")
    .select(["id", "limited_to"])
    .where("org_id", "=", orgId)
    .where("limited_to", "is not", null)
    .where("closed_at", "is", null)
    .execute();
  for (const { id, limited_to } of limited) {
    const ids: string[] = JSON.parse(limited_to ?? "[]");
    if (!ids.includes(from)) continue;
    const moved = [...new Set(ids.map((one) => (one === from ? into : one)))];
    await tx
      .updateTable("silences")
      .set({ limited_to: JSON.stringify(moved) })
      .where("org_id", "=", orgId)
      .where("id", "=", id)
      .execute();
  }
}
