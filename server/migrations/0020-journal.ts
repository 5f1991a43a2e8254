import { sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const journal: Migration = {
  name: "0020-journal",
  async up(db, dialect) {
    const { integer, blob } = columnTypes(dialect);
    if (dialect === "postgres") {
      await sql`create table journal (
        id bigint not null,
        device_no bigint not null,
        at bigint not null,
        received_at bigint not null,
        previous bigint,
        figures bytea not null
      ) partition by range (received_at)`.execute(db);
      await sql`create index journal_by_id on journal (id)`.execute(db);
      await sql`create sequence journal_ids increment by 1000 start with 1000`.execute(db);
    } else {
      // A plain rowid table: appending by ascending id touches the last page only.
      await db.schema
        .createTable("journal")
        .addColumn("id", integer, (column) => column.primaryKey())
        .addColumn("device_no", integer, (column) => column.notNull())
        .addColumn("at", integer, (column) => column.notNull())
        .addColumn("received_at", integer, (column) => column.notNull())
        .addColumn("previous", integer)
        .addColumn("figures", blob, (column) => column.notNull())
        .execute();
    }
    await db.schema
      .createTable("history_packing")
      .addColumn("id", integer, (column) => column.primaryKey())
      .addColumn("packed_through", integer, (column) => column.notNull())
      .addColumn("frozen_after", integer)
      .addColumn("frozen_through", integer)
      .addColumn("next_device_no", integer, (column) => column.notNull())
      .addColumn("packed_rows", integer, (column) => column.notNull())
      .execute();
    await sql`
      insert into history_packing (id, packed_through, next_device_no, packed_rows) values (1, 0, 0, 0)
    `.execute(db);
  },
};
