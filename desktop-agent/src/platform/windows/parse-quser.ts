import { parseQuserRows, type QuserRow } from "./quser-rows.ts";

export type ConsoleUser = { user: string; idleMs: number | null };

/**
 * Reads the user of this computer from `quser`: the user at the console, or else the most recently active remote user. Null when nobody
 * is connected. Disconnected sessions do not count.
 */
export function parseQuser(text: string): ConsoleUser | null {
  const connected = parseQuserRows(text).filter(({ session }) => session !== null);
  const chosen =
    connected.find(({ session }) => session?.toLowerCase() === "console") ?? connected.toSorted(byIdle)[0];
  return chosen === undefined ? null : { user: chosen.user, idleMs: chosen.idleMs };
}

const byIdle = (one: QuserRow, other: QuserRow): number =>
  (one.idleMs ?? Number.MAX_SAFE_INTEGER) - (other.idleMs ?? Number.MAX_SAFE_INTEGER);
