/** A session of `quser`. */
export type WindowsSession = { user: string; id: number; isConnected: boolean };

/** Reads every line of `quser`. Who is disconnected has no session name; the state itself is a word in the system's language. */
export function parseSessions(text: string): WindowsSession[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = /^[> ]?(\S+)\s+(?:([A-Za-z]\S*)\s+)?(\d{1,6})\s+\S+\s+(?:none|\.|\d[\d:+]*)\s/i.exec(line);
    const [user, name, id] = match?.slice(1) ?? [];
    if (user === undefined || id === undefined) return [];
    return [{ user, id: Number(id), isConnected: name !== undefined }];
  });
}

/** The sessions whose screen is locked or shows the log-on, by `tasklist` for LogonUI.exe as CSV. */
export function parseLockedSessions(text: string): Set<number> {
  const ids = [...text.matchAll(/^"LogonUI\.exe","\d+","[^"]*","(\d{1,6})"/gim)].map((match) =>
    Number(match[1]),
  );
  return new Set(ids);
}
