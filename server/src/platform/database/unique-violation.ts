const UNIQUE_VIOLATIONS: readonly unknown[] = ["23505", "SQLITE_CONSTRAINT_UNIQUE"];

/** True for the error of a row that a unique index refuses. On PostgreSQL its transaction has failed. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && UNIQUE_VIOLATIONS.includes(error.code);
}
