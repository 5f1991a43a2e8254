import { type Kysely, sql } from "kysely";
import type { Migration } from "../src/platform/database/migration.ts";
import { columnTypes } from "../src/platform/database/column-types.ts";

export const audit: Migration = {
  name: "0008-audit",
  async up(db, dialect) {
    const { text, integer } = columnTypes(dialect);
    await db.schema
      .createTable("audit_entries")
      .addColumn("id", text, (column) => column.primaryKey())
      .addColumn("org_id", text, (column) => column.notNull().references("organizations.id"))
      .addColumn("at", integer, (column) => column.notNull())
      .addColumn("actor_type", text, (column) => column.notNull())
      .addColumn("actor_id", text)
      .addColumn("actor_name", text, (column) => column.notNull())
      .addColumn("action", text, (column) => column.notNull())
      .addColumn("subject_type", text, (column) => column.notNull())
      .addColumn("subject_id", text, (column) => column.notNull())
      .addColumn("subject_name", text, (column) => column.notNull())
      .addColumn("details", text, (column) => column.notNull())
      .addColumn("request_id", text)
      .addColumn("search_text", text, (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("audit_entries_by_org")
      .on("audit_entries")
      .columns(["org_id", "id"])
      .execute();
    await (dialect === "postgres" ? guardOnPostgres(db) : guardOnSqlite(db));
  },
};

async function guardOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_audit_change() returns trigger language plpgsql as $$
    begin raise exception 'the audit log is append-only'; end $$
  `.execute(db);
  await sql`
    create trigger audit_entries_append_only before update or delete or truncate on audit_entries
    for each statement execute function refuse_audit_change()
  `.execute(db);
}

async function guardOnSqlite(db: Kysely<unknown>): Promise<void> {
  for (const event of ["update", "delete"]) {
    await sql`
      create trigger ${sql.raw(`audit_entries_no_${event}`)} before ${sql.raw(event)} on audit_entries
      begin select raise(abort, 'the audit log is append-only'); end
    `.execute(db);
  }
  // "insert or replace" deletes without firing delete triggers.
  await sql`
    create trigger audit_entries_no_replace before insert on audit_entries
    when exists (select 1 from audit_entries where id = new.id)
    begin select raise(abort, 'the audit log is append-only'); end
  `.execute(db);
}
