import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The agents that a server offers for download. Their files are in the data folder, which `store_id` names. */
export const artefacts: Migration = {
  name: "0043-artefacts",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("artefacts")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("store_id", text, (column) => column.notNull())
      .addColumn("system", text, (column) => column.notNull())
      .addColumn("version", text, (column) => column.notNull())
      .addColumn("origin", text, (column) => column.notNull())
      .addColumn("sha256", text, (column) => column.notNull())
      .addColumn("size_bytes", integer, (column) => column.notNull())
      .addColumn("source", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("superseded_at", integer)
      .execute();
    await db.schema
      .createIndex("artefacts_by_content")
      .on("artefacts")
      .columns(["store_id", "system", "origin", "sha256"])
      .unique()
      .execute();
  },
};
