import { type Kysely, sql } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

/** Time during which a replaced agent may still report beside the new one. */
const HAND_OVER_MS = 60_000;

/**
 * Devices with the same machine id that both reported after the later one was enrolled: two machines, or one that is in the fleet twice.
 * Only those that are not flagged yet.
 */
export async function findReportingClones(
  db: Kysely<Tables>,
): Promise<{ orgId: string; deviceId: string }[]> {
  const rows = await db
    .selectFrom("devices as d")
    .innerJoin("device_state as s", "s.device_no", "d.device_no")
    .select(["d.org_id", "d.id"])
    .where("d.has_clone", "=", 1)
    .where("d.archived_at", "is", null)
    .where("d.clone_suspected_at", "is", null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("devices as o")
          .innerJoin("device_state as t", "t.device_no", "o.device_no")
          .select("o.id")
          .whereRef("o.org_id", "=", "d.org_id")
          .whereRef("o.machine_id", "=", "d.machine_id")
          .whereRef("o.device_no", "!=", "d.device_no")
          .where("o.origin", "=", "muster")
          .where("o.archived_at", "is", null)
          .where(sql<boolean>`t.last_received_at > d.enrolled_at + ${HAND_OVER_MS}`)
          .where(sql<boolean>`t.last_received_at > o.enrolled_at + ${HAND_OVER_MS}`)
          .where(sql<boolean>`s.last_received_at > d.enrolled_at + ${HAND_OVER_MS}`)
          .where(sql<boolean>`s.last_received_at > o.enrolled_at + ${HAND_OVER_MS}`),
      ),
    )
    .execute();
  return rows.map(({ org_id, id }) => ({ orgId: org_id, deviceId: id }));
}
