import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** What a list of batches filters by: the type, and who requested it. */
export const actionBatches: Migration = {
  name: "0043-action-batches",
  async up(db, dialect) {
    const { text } = columnTypes(dialect);
    await db.schema.alterTable("action_batches").addColumn("type", text).execute();
    await db.schema.alterTable("action_batches").addColumn("asked_by", text).execute();
    await db.schema.alterTable("action_batches").addColumn("requester", text).execute();
    await db.schema.createIndex("actions_by_batch").on("actions").columns(["batch_id", "id"]).execute();
    await db.schema
      .createIndex("actions_by_batch_state")
      .on("actions")
      .columns(["batch_id", "state"])
      .execute();
    await db.schema
      .createIndex("action_batches_by_requester")
      .on("action_batches")
      .columns(["org_id", "requester", "id"])
      .execute();
    await db.schema
      .createIndex("action_batches_by_organization")
      .on("action_batches")
      .columns(["org_id", "id"])
      .execute();
    const one = (column: string) =>
      sql`(select ${sql.ref(`a.${column}`)} from actions a where a.batch_id = action_batches.id order by a.id limit 1)`;
    await sql`update action_batches set type = ${one("type")}, asked_by = ${one("asked_by")}`.execute(db);
    const field = (name: string) =>
      dialect === "postgres"
        ? sql`(asked_by::json ->> ${sql.lit(name)})`
        : sql`json_extract(asked_by, ${sql.lit(`$.${name}`)})`;
    await sql`update action_batches set requester = ${field("type")} || ':' || coalesce(${field("id")}, ${field("name")})
      where asked_by is not null`.execute(db);
  },
};
