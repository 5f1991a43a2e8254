import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { SilenceRow } from "./silences.tables.ts";

/** Silences of all organizations that have ended, and whose alarms have not all been looked at since. */
export function readUnclosedSilences(db: Kysely<Tables>, now: number): Promise<SilenceRow[]> {
  return selectOpen(db)
    .where((where) => where.or([where("ended_at", "is not", null), where("ends_at", "<=", now)]))
    .execute();
}

/** Silences of all organizations that are in force. */
export function readAllActiveSilences(db: Kysely<Tables>, now: number): Promise<SilenceRow[]> {
  return selectOpen(db)
    .where("ended_at", "is", null)
    .where("starts_at", "<=", now)
    .where("ends_at", ">", now)
    .execute();
}

function selectOpen(db: Kysely<Tables>) {
  return (
    db
      .selectFrom("silences")
      .selectAll()
      .where("closed_at", "is", null)
      // The index begins with the organization.
      .where("org_id", "in", (of) => of.selectFrom("organizations").select("id"))
      .orderBy("id")
  );
}

/** Writes columns that no member edits. */
export async function writeSilenceProgress(
  tx: Transaction<Tables>,
  silenceId: string,
  columns: Partial<Pick<SilenceRow, "idle_since" | "released_to" | "closed_at" | "ended_at" | "end_reason">>,
): Promise<void> {
  await tx.updateTable("silences").set(columns).where("id", "=", silenceId).execute();
}

/** Deletes silences that were closed before a time. */
export async function deleteClosedSilences(tx: Transaction<Tables>, before: number): Promise<void> {
  await tx.deleteFrom("silences").where("closed_at", "<", before).execute();
}
