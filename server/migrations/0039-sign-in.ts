import { type Kysely, sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/** Known browsers, invitations, and the right of a server administrator, which the first owner of the first organization gets. */
export const signIn: Migration = {
  name: "0039-sign-in",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("known_browsers")
      .addColumn("secret_hash", text, (column) => column.notNull())
      .addColumn("user_id", text, (column) => column.notNull().references("users.id").onDelete("cascade"))
      .addColumn("created_at", integer, (column) => column.notNull())
      .addColumn("expires_at", integer, (column) => column.notNull())
      .addPrimaryKeyConstraint("known_browsers_pk", ["secret_hash", "user_id"])
      .execute();
    await db.schema
      .createIndex("known_browsers_by_user")
      .on("known_browsers")
      .columns(["user_id", "created_at"])
      .execute();
    await db.schema.createIndex("known_browsers_by_end").on("known_browsers").column("expires_at").execute();
    await db.schema
      .createTable("invitations")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("user_id", text, (column) => column.notNull().references("users.id").onDelete("cascade"))
      .addColumn("name", text, (column) => column.notNull())
      .addColumn("role", text, (column) => column.notNull())
      .addColumn("created_at", integer, (column) => column.notNull())
      .addUniqueConstraint("invitations_once", ["org_id", "user_id"])
      .execute();
    await db.schema.createIndex("invitations_by_user").on("invitations").column("user_id").execute();
    await db.schema
      .alterTable("users")
      .addColumn("is_server_admin", integer, (column) => column.notNull().defaultTo(0))
      .execute();
    await makeFirstOwnerServerAdmin(db);
  },
};

async function makeFirstOwnerServerAdmin(db: Kysely<unknown>): Promise<void> {
  await sql`
    update users set is_server_admin = 1 where id = (
      select memberships.user_id from memberships join organizations on organizations.id = memberships.org_id
      where memberships.role = 'owner'
      order by organizations.created_at, organizations.id, memberships.created_at, memberships.user_id limit 1
    )
  `.execute(db);
}
