import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { columnTypes } from "../src/platform/database/column-types.ts";
import type { Migration } from "../src/platform/database/migration.ts";

/**
 * The status page of an organization, with its incidents. It takes the place of the switch that published all machines: who had it on gets
 * a page with the state of all devices together, under the name of the organization.
 */
export const statusPage: Migration = {
  name: "0061-status-page",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    const { schema } = db;
    await schema
      .createTable("status_pages")
      .addColumn("org_id", text, (column) => column.primaryKey().references("organizations.id"))
      .addColumn("address", text, (column) => column.notNull().unique())
      .addColumn("is_enabled", integer, (column) => column.notNull())
      .addColumn("title", text, (column) => column.notNull())
      .addColumn("intro", text, (column) => column.notNull())
      .addColumn("components", text, (column) => column.notNull())
      .addColumn("edit_version", integer, (column) => column.notNull())
      .addColumn("edited_at", integer)
      .addColumn("edited_by", text)
      .execute();
    await schema
      .createTable("status_incidents")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("title", text, (column) => column.notNull())
      .addColumn("impact", text, (column) => column.notNull())
      .addColumn("component_ids", text, (column) => column.notNull())
      .addColumn("updates", text, (column) => column.notNull())
      .addColumn("opened_at", integer, (column) => column.notNull())
      .addColumn("resolved_at", integer)
      .execute();
    await schema
      .createIndex("status_incidents_by_org")
      .on("status_incidents")
      .columns(["org_id", "opened_at"])
      .execute();
    const { rows } = await sql<{ id: string; name: string | null }>`
      select id, name from organizations where has_status_page = 1
    `.execute(db);
    for (const { id, name } of rows) {
      const components = [{ id: randomUUID(), name: "Machines", scope: { kind: "organization" } }];
      await sql`
        insert into status_pages (org_id, address, is_enabled, title, intro, components, edit_version)
        values (${id}, ${randomBytes(16).toString("base64url")}, 1, ${name ?? "Status"}, '', ${JSON.stringify(components)}, 1)
      `.execute(db);
    }
    await schema.alterTable("organizations").dropColumn("has_status_page").execute();
  },
};
