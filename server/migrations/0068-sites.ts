import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** The public network of a device, and suspected outages of single sites. */
export const sites: Migration = {
  name: "0068-sites",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema.alterTable("devices").addColumn("public_network", text).execute();
    // A primary key cannot be changed in SQLite.
    await db.schema.alterTable("presence_holds").renameTo("earlier_holds").execute();
    await db.schema
      .createTable("presence_holds")
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("site", text, (column) => column.notNull())
      .addColumn("customer_id", text)
      .addColumn("network", text)
      .addColumn("devices", integer, (column) => column.notNull())
      .addColumn("since", integer, (column) => column.notNull())
      .addColumn("missed_from", integer, (column) => column.notNull())
      .addColumn("detected_at", integer, (column) => column.notNull())
      .addColumn("returning_since", integer)
      .addPrimaryKeyConstraint("presence_holds_pk", ["org_id", "site"])
      .execute();
    await sql`insert into presence_holds (org_id, site, devices, since, missed_from, detected_at)
      select org_id, '', 0, since, missed_from, detected_at from earlier_holds`.execute(db);
    await db.schema.dropTable("earlier_holds").execute();
    await db.schema
      .createIndex("alarms_of_outages")
      .on("alarms")
      .column("id")
      .where(sql<boolean>`type = 'outage'`)
      .execute();
  },
};
