import { sql } from "kysely";
import type { Dialect } from "./store.ts";

/** Column types by meaning, so that both dialects store the same values. Booleans are integers 0 and 1; JSON is text. */
export function columnTypes(dialect: Dialect) {
  const isPostgres = dialect === "postgres";
  return {
    text: "text",
    /** Whole numbers up to 2^53: times in epoch milliseconds, bytes, counters. */
    integer: isPostgres ? "bigint" : "integer",
    real: isPostgres ? "double precision" : "real",
    blob: isPostgres ? sql`bytea` : "blob",
  } as const;
}
