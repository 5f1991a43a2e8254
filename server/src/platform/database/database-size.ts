import { statSync } from "node:fs";
import type { Store } from "./store.ts";

/** Size of the database in bytes: on SQLite its file and its write-ahead log. */
export async function readDatabaseSize({ engine }: Pick<Store, "engine">): Promise<number> {
  if (engine.kind === "sqlite") return sizeOf(engine.path) + sizeOf(`${engine.path}-wal`);
  const { rows } = await engine.pool.query<{ bytes: number }>(
    "select pg_database_size(current_database()) as bytes",
  );
  return rows[0]?.bytes ?? 0;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
