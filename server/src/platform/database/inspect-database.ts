import { existsSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import pg from "pg";
import type { StoredRetention } from "../jobs/retention-pace.ts";
import { sqlitePathOf } from "./database-url.ts";

/** What can be read of a database without changing it. */
export type DatabaseInspection = {
  /** Program and version: "SQLite 3.53.0", "PostgreSQL 18.4". */
  engine: string;
  /** Names of the applied migrations. */
  applied: readonly string[];
  /** The table server_settings, by name. */
  settings: ReadonlyMap<string, string>;
  /** How far deletion by age has got; null in a database that does not store it yet. */
  retention: StoredRetention | null;
  /** Findings of the integrity check; empty when there are none, when it was not requested, and on PostgreSQL, which checks itself. */
  damage: readonly string[];
  /** Epoch milliseconds: the database server's clock, or the time at which the file was last written. */
  clock: { kind: "now" | "last-written"; at: number };
};

const RETENTION_MIGRATION = "0037-retention-clock";

type Row = Record<string, unknown>;
type RunQuery = (sql: string) => Promise<Row[]>;

/** Inspects the database at `url`; null when there is none yet. Throws when it cannot be reached or read. */
export async function inspectDatabase(
  url: string,
  { checksIntegrity = false } = {},
): Promise<DatabaseInspection | null> {
  const path = sqlitePathOf(url);
  return path === null ? inspectPostgres(url) : inspectSqlite(path, checksIntegrity);
}

async function inspectSqlite(path: string, checksIntegrity: boolean): Promise<DatabaseInspection | null> {
  if (!existsSync(path)) return null;
  const connection = new Database(path, { readonly: true, timeout: 5000 });
  try {
    const query: RunQuery = async (sql) => connection.prepare<[], Row>(sql).all();
    const [table] = await query("select 1 from sqlite_schema where name = 'schema_migrations'");
    if (!table) return null;
    const [version] = await query("select sqlite_version() as version");
    const damage = checksIntegrity ? await query("pragma quick_check") : [];
    return {
      engine: `SQLite ${String(version?.["version"])}`,
      ...(await readMusterTables(query)),
      // One row may hold a hundred lines under a heading.
      damage: damage
        .flatMap((row) => String(row["quick_check"]).split("\n"))
        .filter((line) => line !== "ok" && line !== "" && !line.startsWith("***")),
      clock: { kind: "last-written", at: statSync(path).mtimeMs },
    };
  } finally {
    connection.close();
  }
}

async function inspectPostgres(url: string): Promise<DatabaseInspection | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const query: RunQuery = async (sql) => (await client.query<Row>(sql)).rows;
    const [table] = await query("select to_regclass('schema_migrations') as found");
    if (!table?.["found"]) return null;
    const [server] = await query(
      "select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 * 1000 as now",
    );
    return {
      engine: `PostgreSQL ${String(server?.["version"]).split(" ")[0]}`,
      ...(await readMusterTables(query)),
      damage: [],
      clock: { kind: "now", at: Number(server?.["now"]) },
    };
  } finally {
    await client.end();
  }
}

async function readMusterTables(
  query: RunQuery,
): Promise<Pick<DatabaseInspection, "applied" | "settings" | "retention">> {
  const applied = (await query("select name from schema_migrations order by name")).map(({ name }) =>
    String(name),
  );
  if (applied.length === 0) return { applied, settings: new Map(), retention: null };
  const rows = await query("select name, value from server_settings");
  const settings = new Map(rows.map((row) => [String(row["name"]), String(row["value"])]));
  const hasRetention = applied.includes(RETENTION_MIGRATION);
  return { applied, settings, retention: hasRetention ? await readRetention(query) : null };
}

async function readRetention(query: RunQuery): Promise<StoredRetention | null> {
  const [row] = await query("select reached_at, observed_ms, checked_at, state from retention_clock");
  if (!row) return null;
  const timeOf = (value: unknown) => (value === null ? null : Number(value));
  const state = String(row["state"]);
  return {
    reachedAt: timeOf(row["reached_at"]),
    observedMs: Number(row["observed_ms"]),
    checkedAt: timeOf(row["checked_at"]),
    state: state === "clock-ahead" || state === "clock-behind" ? state : "ok",
  };
}
