import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Members, invitations and API keys can be limited to customers; audit entries have the customer that they are about. */
export const membershipCustomers: Migration = {
  name: "0046-membership-customers",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    // Apart from the customers themselves, so that a limit whose last customer is removed does not become none.
    for (const table of ["memberships", "invitations", "api_keys"]) {
      await db.schema
        .alterTable(table)
        .addColumn("is_limited", integer, (column) => column.notNull().defaultTo(0))
        .execute();
    }
    await db.schema
      .createTable("customer_limits")
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("holder_id", text, (column) => column.notNull())
      .addColumn("customer_id", text, (column) => column.notNull().references("customers.id"))
      .addPrimaryKeyConstraint("customer_limits_key", ["org_id", "holder_id", "customer_id"])
      .execute();
    await db.schema
      .createIndex("customer_limits_by_customer")
      .on("customer_limits")
      .columns(["customer_id"])
      .execute();
    await db.schema.alterTable("audit_entries").addColumn("customer_id", text).execute();
    await db.schema
      .createIndex("audit_entries_by_customer")
      .on("audit_entries")
      .columns(["customer_id", "id"])
      .where(sql<boolean>`customer_id is not null`)
      .execute();
  },
};
