import type { LocalUser } from "../agent/local-agent.ts";
import type { Clock, Platform, SessionPort } from "../platform/ports.ts";

const CONSOLE_TIMEOUT_MS = 5_000;

type SessionSource = Pick<Platform, "sessions" | "clock" | "family">;

/** A user of this machine, as the operating system identifies them. */
export function createLocalUser(source: SessionSource, user: string): LocalUser {
  return { user, isAtConsole: () => isAtConsole(source, user) };
}

/** False too when the system does not say in time who sits at the console. */
async function isAtConsole({ sessions, clock, family }: SessionSource, user: string): Promise<boolean> {
  const found = await readConsoleUser(sessions, clock);
  if (found === null) return false;
  // Windows keeps the case in which a name was typed; quser prints it in lower case.
  return family === "windows" ? found.toLowerCase() === user.toLowerCase() : found === user;
}

async function readConsoleUser(sessions: SessionPort, clock: Clock): Promise<string | null> {
  const timeout = new AbortController();
  const cancel = clock.after(CONSOLE_TIMEOUT_MS, () => timeout.abort());
  try {
    return (await sessions.console(timeout.signal)).user;
  } catch {
    return null; // An unknown console user grants nothing.
  } finally {
    cancel();
  }
}
