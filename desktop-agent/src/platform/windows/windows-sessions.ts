import { outputOf } from "../command-output.ts";
import type { Clock, SessionPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import type { Watcher } from "./watcher.ts";

const LIMIT_MS = 5_000;
const MINUTE_MS = 60_000;

/** The console's user by quser, or where that is not installed (Home editions) by CIM, which knows nothing of idle time. */
export function createWindowsSessions(run: RunCommand, watcher: Watcher, clock: Clock): SessionPort {
  return {
    async console(signal) {
      const result = await run("quser.exe", [], { timeoutMs: LIMIT_MS, signal });
      if (result.kind === "not-found") return { user: userOf(watcher.metrics()?.user), idleSinceMs: null };
      // Its exit code is 1 also after it has printed the sessions.
      const text = result.kind === "exited" ? result.stdout : outputOf(result, "quser");
      const found = parseQuser(text);
      if (found === null) return { user: null, idleSinceMs: null };
      const idleSinceMs = found.idleMs === null ? null : clock.wallMs() - found.idleMs;
      return {
        user: found.user,
        idleSinceMs: idleSinceMs === null ? null : Math.round(idleSinceMs / MINUTE_MS) * MINUTE_MS,
      };
    },
  };
}

// "DOMAIN\name"
function userOf(account: string | undefined): string | null {
  return account?.split("\\").at(-1) ?? null;
}

/** A line of `quser`. */
type QuserRow = {
  user: string;
  /** "console", "rdp-tcp#3"; null for a disconnected session. */
  session: string | null;
  id: number;
  /** Null when the text cannot be read. */
  idleMs: number | null;
};

const MAX_IDLE_DAYS = 3_650;
const DEFAULT_SESSION_COLUMN = 23;

/**
 * Reads every line of `quser`. Headings, states, the word for "not idle" and dates are in the system's language, so the parser uses
 * only what all languages share: the start of the second column, the number of the session, and the order of the rest.
 */
function parseQuserRows(text: string): QuserRow[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const sessionColumn = findSessionColumn(lines[0] ?? "");
  return lines.flatMap((line) => parseRow(line, sessionColumn) ?? []);
}

// In all languages two spaces separate the first and the second heading.
function findSessionColumn(heading: string): number {
  const [match] = /^\s?\S.*?\s{2,}(?=\S)/.exec(heading) ?? [];
  return match === undefined || /^[>]|\s\d{1,6}\s/.test(heading) ? DEFAULT_SESSION_COLUMN : match.length;
}

function parseRow(line: string, sessionColumn: number): QuserRow | undefined {
  const [user, rest] = splitUser(line, sessionColumn);
  const [, session, id, state, tail] = /^(?:(\S+)\s+|\s+)(\d{1,6})\s+(\S+)\s+(\S.*)$/.exec(rest) ?? [];
  if (user === "" || id === undefined || state === undefined || tail === undefined) return undefined;
  return { user, session: session ?? null, id: Number(id), idleMs: parseIdle(tail) };
}

// A name may contain spaces, so the column ends it. When the name is wider than its column, or has wide characters, two spaces end it.
function splitUser(line: string, sessionColumn: number): [string, string] {
  const gap = line.slice(sessionColumn - 2, sessionColumn);
  const name = line.slice(1, sessionColumn).trim();
  if (gap === "  " && name !== "") return [name, line.slice(sessionColumn)];
  const [, user = "", rest = ""] = /^[> ]?(\S.*?)(\s{2,}.*)$/.exec(line) ?? [];
  const isSessionGap = rest.length - rest.trimStart().length > MAX_NAME_GAP;
  return [user, isSessionGap ? rest : rest.trimStart()];
}

// A gap wider than the column of names: the column of sessions is empty.
const MAX_NAME_GAP = 22;

// The idle time precedes the logon date, which has digits in every language. Any word instead of a number means "not idle".
function parseIdle(tail: string): number | null {
  const words = tail.split(/\s+/);
  const dateAt = words.findIndex((word) => /^\d{1,4}[./-]\s*(\d|$)/.test(word));
  const text = dateAt > 0 ? (words[dateAt - 1] ?? "") : (words[0] ?? "");
  if (!/\d/.test(text)) return 0;
  // Minutes, hours:minutes, days+hours:minutes.
  const match = /^(?:(?:(\d{1,5})\+)?(\d{1,2}):)?(\d{1,4})$/.exec(text);
  if (match === null) return null;
  const [days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0));
  // Without a time of the last input, some servers count from 1601 or 1970.
  if ((days ?? 0) > MAX_IDLE_DAYS) return null;
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * MINUTE_MS;
}

type ConsoleUser = { user: string; idleMs: number | null };

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
