import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The time that certainly passed, below which the server's clock does not count for expiry. Unknown until a server runs. */
export const validityClock: Migration = {
  name: "0042-validity-clock",
  async up(db, dialect) {
    const { integer } = columnTypes(dialect);
    await db.schema
      .createTable("validity_clock")
      .addColumn("id", integer, (column) => column.primaryKey())
      .addColumn("floor_at", integer)
      .addColumn("observed_ms", integer, (column) => column.notNull())
      .execute();
    await sql`insert into validity_clock (id, floor_at, observed_ms) values (1, null, 0)`.execute(db);
  },
};
