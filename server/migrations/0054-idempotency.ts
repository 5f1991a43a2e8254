import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Requests with an `Idempotency-Key`, and their sealed answers. */
export const idempotency: Migration = {
  name: "0054-idempotency",
  async up(db, dialect) {
    const { text, integer, blob } = columnTypes(dialect);
    await db.schema
      .createTable("idempotent_requests")
      .addColumn("org_id", text, (column) => column.notNull())
      .addColumn("caller", text, (column) => column.notNull())
      .addColumn("idempotency_key", text, (column) => column.notNull())
      .addColumn("fingerprint", text, (column) => column.notNull())
      .addColumn("answer", blob)
      .addColumn("created_at", integer, (column) => column.notNull())
      .addPrimaryKeyConstraint("idempotent_requests_once", ["org_id", "caller", "idempotency_key"])
      .execute();
    await db.schema
      .createIndex("idempotent_requests_by_age")
      .on("idempotent_requests")
      .column("created_at")
      .execute();
  },
};
