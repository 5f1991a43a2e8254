import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { StatusPageRow } from "./status-page.tables.ts";

/** The page with this address, while it is enabled. The address has 128 random bits, so that it names the organization as well. */
export function findPublishedPage(db: Kysely<Tables>, address: string): Promise<StatusPageRow | undefined> {
  return db
    .selectFrom("status_pages")
    .selectAll()
    .where("address", "=", address)
    .where("is_enabled", "=", 1)
    .executeTakeFirst();
}

/** The enabled pages of all organizations, the oldest organization first. */
export function readPublishedPages(db: Kysely<Tables>, limit: number): Promise<StatusPageRow[]> {
  return db
    .selectFrom("status_pages")
    .selectAll()
    .where("is_enabled", "=", 1)
    .orderBy("org_id")
    .limit(limit)
    .execute();
}
