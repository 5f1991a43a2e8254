import { parseQuserRows } from "./quser-rows.ts";

/** A session of `quser`. */
export type WindowsSession = { user: string; id: number; isConnected: boolean };

/** Reads the sessions out of `quser`. Who is disconnected has no session name. */
export function parseSessions(text: string): WindowsSession[] {
  return parseQuserRows(text).map(({ user, id, session }) => ({ user, id, isConnected: session !== null }));
}

/** The sessions whose screen is locked or shows the log-on, by `tasklist` for LogonUI.exe as CSV. */
export function parseLockedSessions(text: string): Set<number> {
  const ids = [...text.matchAll(/^"LogonUI\.exe","\d+","[^"]*","(\d{1,6})"/gim)].map((match) =>
    Number(match[1]),
  );
  return new Set(ids);
}
