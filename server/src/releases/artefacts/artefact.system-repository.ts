import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { ArtefactRow } from "../releases.tables.ts";

/** All artefacts of a store, the newest first. They belong to the server, not to an organization. */
export function readArtefacts(db: Kysely<Tables>, storeId: string): Promise<ArtefactRow[]> {
  return db
    .selectFrom("artefacts")
    .selectAll()
    .where("store_id", "=", storeId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** Adds an artefact, or offers one of the same content, system and origin again. */
export async function putArtefact(tx: Transaction<Tables>, row: ArtefactRow): Promise<void> {
  const { version, size_bytes, source, created_at } = row;
  await tx
    .insertInto("artefacts")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["store_id", "system", "origin", "sha256"])
        .doUpdateSet({ version, size_bytes, source, created_at, superseded_at: null }),
    )
    .execute();
}

/** Remembers for an artefact that is still offered that other sources give the same content. */
export async function setSource(tx: Transaction<Tables>, id: string, source: string): Promise<void> {
  await tx.updateTable("artefacts").set({ source }).where("id", "=", id).execute();
}

export async function supersede(tx: Transaction<Tables>, ids: readonly string[], at: number): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("artefacts")
    .set({ superseded_at: at })
    .where("id", "in", ids)
    .where("superseded_at", "is", null)
    .execute();
}

export async function deleteArtefacts(tx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.deleteFrom("artefacts").where("id", "in", ids).execute();
}
