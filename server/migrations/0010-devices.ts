import { type Kysely, sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

export const devices: Migration = {
  name: "0010-devices",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    // Order by bytes, as SQLite does, whatever locale the database was made with.
    const sortable = dialect === "postgres" ? sql`text collate "C"` : text;
    await db.schema
      .createTable("devices")
      .addColumn("device_no", integer, (column) =>
        dialect === "postgres"
          ? column.primaryKey().generatedAlwaysAsIdentity()
          : column.primaryKey().autoIncrement(),
      )
      .addColumn("id", text, (column) => column.notNull().unique())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("machine_id", text, (column) => column.notNull())
      .addColumn("hypervisor_uuid", text)
      .addColumn("has_twin", integer, (column) => column.notNull())
      .addColumn("hostname", text, (column) => column.notNull())
      .addColumn("os_family", text, (column) => column.notNull())
      .addColumn("os_name", text)
      .addColumn("class_guess", text, (column) => column.notNull())
      .addColumn("serial", text)
      .addColumn("address", text)
      .addColumn("addresses", text, (column) => column.notNull())
      .addColumn("agent_version", text)
      .addColumn("booted_at", integer)
      .addColumn("inventory_hash", text)
      .addColumn("user_name", text)
      .addColumn("reboot_required", integer, (column) => column.notNull())
      .addColumn("facts", text, (column) => column.notNull())
      .addColumn("label", text)
      .addColumn("customer", text)
      .addColumn("notes", text, (column) => column.notNull())
      .addColumn("class_chosen", text)
      .addColumn("tags", text, (column) => column.notNull())
      .addColumn("maintenance_until", integer)
      .addColumn("name_sort", sortable, (column) => column.notNull())
      .addColumn("customer_sort", sortable, (column) => column.notNull())
      .addColumn("search_text", text, (column) => column.notNull())
      .addColumn("enrolled_at", integer, (column) => column.notNull())
      .addColumn("approved_at", integer)
      .addColumn("archived_at", integer)
      .addColumn("clone_suspected_at", integer)
      .addColumn("connection", text, (column) => column.notNull())
      .addColumn("connection_since", integer, (column) => column.notNull())
      .addColumn("last_word", text)
      .addColumn("is_paused", integer, (column) => column.notNull())
      .addColumn("paused_until", integer)
      .addColumn("shown", text, (column) => column.notNull())
      .addColumn("is_absent", integer, (column) => column.notNull())
      .addColumn("attention_rank", integer, (column) => column.notNull())
      .execute();
    await createListIndex(db, "devices_by_attention", ["org_id", "attention_rank", "name_sort", "id"]);
    await createListIndex(db, "devices_by_name", ["org_id", "name_sort", "id"]);
    await createListIndex(db, "devices_by_customer", ["org_id", "customer_sort", "name_sort", "id"]);
    await db.schema
      .createIndex("devices_by_machine")
      .on("devices")
      .columns(["org_id", "machine_id"])
      .execute();
  },
};

async function createListIndex(db: Kysely<unknown>, name: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(name)
    .on("devices")
    .columns(columns)
    .where(sql.ref("archived_at"), "is", null)
    .execute();
}
