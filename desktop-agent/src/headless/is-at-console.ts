import type { Clock, Platform, SessionPort } from "../platform/ports.ts";

const CONSOLE_LIMIT_MS = 5_000;

/** Whether this user sits at the console of this machine. Nobody does of whom the system does not say so in time. */
export async function isAtConsole(
  { sessions, clock, family }: Pick<Platform, "sessions" | "clock" | "family">,
  user: string,
): Promise<boolean> {
  const found = await readConsole(sessions, clock);
  if (found === null) return false;
  // Windows writes names in the letters that were typed, and quser in small ones.
  return family === "windows" ? found.toLowerCase() === user.toLowerCase() : found === user;
}

async function readConsole(sessions: SessionPort, clock: Clock): Promise<string | null> {
  const limit = new AbortController();
  const cancel = clock.after(CONSOLE_LIMIT_MS, () => limit.abort());
  try {
    return (await sessions.console(limit.signal)).user;
  } catch {
    return null; // Who cannot be seen at the console is not there.
  } finally {
    cancel();
  }
}
