const MINUTE_MS = 60_000;

export type ConsoleUser = { user: string; idleMs: number | null };

/** Reads `quser`: the line of the session named console; null when nobody is logged in there. */
export function parseQuser(text: string): ConsoleUser | null {
  for (const line of text.split(/\r?\n/)) {
    // Columns are set apart by spaces alone, and the state is a word in the system's language.
    const match = /^[> ]?(\S+)\s+console\s+\d+\s+\S+\s+(none|\.|\d[\d:+]*)\s/i.exec(line);
    if (match?.[1] !== undefined) return { user: match[1], idleMs: parseIdle(match[2] ?? "") };
  }
  return null;
}

// "none" and "." mean less than a minute; then minutes, hours:minutes, days+hours:minutes.
function parseIdle(text: string): number | null {
  if (text === "." || text.toLowerCase() === "none") return 0;
  const match = /^(?:(?:(\d{1,4})\+)?(\d{1,2}):)?(\d{1,4})$/.exec(text);
  if (match === null) return null;
  const [days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * MINUTE_MS;
}
