import { parseQuserRows, type QuserRow } from "./quser-rows.ts";

export type ConsoleUser = { user: string; idleMs: number | null };

/**
 * Reads who works at this computer out of `quser`: the person at the console, or else who is connected from afar and was active last.
 * Null when nobody is. Who is disconnected does not count.
 */
export function parseQuser(text: string): ConsoleUser | null {
  const connected = parseQuserRows(text).filter(({ session }) => session !== null);
  const chosen =
    connected.find(({ session }) => session?.toLowerCase() === "console") ?? connected.toSorted(byIdle)[0];
  return chosen === undefined ? null : { user: chosen.user, idleMs: chosen.idleMs };
}

const byIdle = (one: QuserRow, other: QuserRow): number =>
  (one.idleMs ?? Number.MAX_SAFE_INTEGER) - (other.idleMs ?? Number.MAX_SAFE_INTEGER);
