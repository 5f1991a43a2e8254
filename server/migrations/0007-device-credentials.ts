import { sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const deviceCredentials: Migration = {
  name: "0007-device-credentials",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("device_credentials")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("device_id", text, (column) => column.notNull())
      .addColumn("secret_hash", text, (column) => column.notNull().unique())
      .addColumn("public_key", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("revoked_at", integer)
      .execute();
    await db.schema
      .createIndex("device_credentials_by_device")
      .on("device_credentials")
      .columns(["org_id", "device_id"])
      .execute();
    await db.schema
      .createTable("auth_epoch")
      .addColumn("id", integer, (column) => column.primaryKey())
      .addColumn("epoch", integer, (column) => column.notNull())
      .execute();
    await sql`insert into auth_epoch (id, epoch) values (1, 1)`.execute(db);
  },
};
