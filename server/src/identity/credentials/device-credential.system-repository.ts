import type { Database as SqliteDatabase } from "better-sqlite3";
import type { Kysely } from "kysely";
import type { ClientBase } from "pg";
import type { Tables } from "../../platform/database/tables.ts";
import type { DeviceCredentialRow } from "./device-credential.repository.ts";

export function findDeviceCredentialBySecret(
  db: Kysely<Tables>,
  secretHash: string,
): Promise<DeviceCredentialRow | undefined> {
  return db
    .selectFrom("device_credentials")
    .selectAll()
    .where("secret_hash", "=", secretHash)
    .executeTakeFirst();
}

/** Returns the valid ones of a few hundred device credentials. */
export async function readValidDeviceCredentials(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom("device_credentials")
    .select("id")
    .where("id", "in", ids)
    .where("revoked_at", "is", null)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Returns the valid ones of the credentials, read in the caller's transaction on the writer. Legacy machines report with a shared key,
 * so keys are included. Hot path: no query builder.
 */
export function readValidOnSqlite(writer: SqliteDatabase, ids: readonly string[]): string[] {
  const idList = JSON.stringify(ids);
  return writer
    .prepare<[string, string], string>(
      `select id from device_credentials where id in (select value from json_each(?)) and revoked_at is null
       union all
       select id from api_keys where id in (select value from json_each(?)) and revoked_at is null and legacy_grants <> '[]'`,
    )
    .pluck()
    .all(idList, idList);
}

/** As `readValidOnSqlite`, on the client that holds the caller's transaction. */
export async function readValidOnPostgres(client: ClientBase, ids: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from device_credentials where id = any($1::text[]) and revoked_at is null
     union all
     select id from api_keys where id = any($1::text[]) and revoked_at is null and legacy_grants <> '[]'`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
