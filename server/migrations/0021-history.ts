import { type Kysely, sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";
import type { Dialect } from "../src/platform/database/store.ts";

export const history: Migration = {
  name: "0021-history",
  async up(db, dialect) {
    const { integer, blob } = columnTypes(dialect);
    await db.schema
      .createTable("history_segments")
      .addColumn("id", integer, (column) =>
        dialect === "postgres" ? column.primaryKey().generatedAlwaysAsIdentity() : column.primaryKey(),
      )
      .addColumn("device_no", integer, (column) => column.notNull())
      .addColumn("period", integer, (column) => column.notNull())
      .addColumn("bytes", blob, (column) => column.notNull())
      .execute();
    await createIndexes(db, "history_segments", dialect, false);
    for (const table of ["history_days", "history_five_minutes", "history_hours"]) {
      await db.schema
        .createTable(table)
        .addColumn("device_no", integer, (column) => column.notNull())
        .addColumn("period", integer, (column) => column.notNull())
        .addColumn("bytes", blob, (column) => column.notNull())
        .execute();
      await createIndexes(db, table, dialect, true);
    }
    await db.schema
      .createTable("history_purges")
      .addColumn("device_no", integer, (column) => column.primaryKey())
      .addColumn("purged_at", integer, (column) => column.notNull())
      .execute();
  },
};

/** On SQLite the tables keep their rowid: without one a large blob would spill whole pages. */
async function createIndexes(
  db: Kysely<unknown>,
  table: string,
  dialect: Dialect,
  isUnique: boolean,
): Promise<void> {
  const byDevice = db.schema.createIndex(`${table}_by_device`).on(table).columns(["device_no", "period"]);
  await (isUnique ? byDevice.unique() : byDevice).execute();
  await db.schema.createIndex(`${table}_by_period`).on(table).column("period").execute();
  // The bytes are compressed already.
  if (dialect === "postgres") {
    await sql`alter table ${sql.table(table)} alter column bytes set storage external`.execute(db);
  }
}
