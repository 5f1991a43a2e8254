/** Location of a database without secrets: a path, or host and name without user and password. */
export function databaseLocationOf(url: string): string {
  const path = sqlitePathOf(url);
  if (path !== null) return path;
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
}

/** Path of the SQLite file that a URL names; null for PostgreSQL. */
export function sqlitePathOf(url: string): string | null {
  return /^postgres(ql)?:/.test(url) ? null : url.replace(/^sqlite:(\/\/)?/, "");
}
