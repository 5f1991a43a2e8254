import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import type { Migration } from "./migration.ts";
import type { Tables } from "./tables.ts";
import type { Dialect } from "./store.ts";

/**
 * Applies all missing migrations in one transaction. Returns their names. Throws with a sentence for the operator when one fails or
 * when the database is newer than this program.
 */
export async function migrate(
  db: Kysely<unknown>,
  dialect: Dialect,
  migrations: readonly Migration[],
): Promise<string[]> {
  const migrator = new Migrator({
    db,
    migrationTableName: "schema_migrations",
    migrationLockTableName: "schema_migrations_lock",
    provider: {
      async getMigrations() {
        return Object.fromEntries(
          migrations.map(({ name, up }) => [name, { up: (tx: Kysely<unknown>) => up(tx, dialect) }]),
        );
      },
    },
  });
  const known = new Set(migrations.map(({ name }) => name));
  const applied = await appliedNames(db);
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(
      `The database was created by a newer version of Muster (it has ${unknown.join(", ")}): upgrade this server.`,
    );
  }
  refuseOutOfOrder(migrations, applied);
  // The migrator writes even when it has nothing to do, which fails on a full disk.
  if (migrations.every(({ name }) => applied.includes(name))) return [];
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find(({ status }) => status === "Error")?.migrationName ?? "the preparation";
    throw new Error(`The database could not be upgraded: ${failed} failed: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return results?.map(({ migrationName }) => migrationName) ?? [];
}

/** A migration must not depend on the current tables, so it gets the database without their types. */
export function withoutTables(db: Kysely<Tables>): Kysely<unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type parameter only describes what queries may name
  return db as unknown as Kysely<unknown>;
}

/** Kysely would call it "corrupted migrations"; here is what is wrong and what to do. */
function refuseOutOfOrder(migrations: readonly Migration[], applied: readonly string[]): void {
  const newest = applied.toSorted().at(-1);
  if (newest === undefined) return;
  const skipped = migrations.find(({ name }) => name < newest && !applied.includes(name));
  if (!skipped) return;
  throw new Error(
    `The migration ${skipped.name} sorts before ${newest}, which this database has already. ` +
      "A new migration needs the next number after the highest one of all modules; " +
      "a database of a development version from before cannot be upgraded.",
  );
}

async function appliedNames(db: Kysely<unknown>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "schema_migrations")) return [];
  const rows = await (db as Kysely<{ schema_migrations: { name: string } }>)
    .selectFrom("schema_migrations")
    .select("name")
    .execute();
  return rows.map(({ name }) => name);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
