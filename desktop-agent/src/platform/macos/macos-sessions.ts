import { outputOf } from "../command-output.ts";
import type { Clock, SessionPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { parseIoregIdle } from "./parse-ioreg.ts";

const LIMIT_MS = 5_000;
const MINUTE_MS = 60_000;
// Owners of the console while nobody is logged in.
const NOBODY = new Set(["root", "_mbsetupuser", "loginwindow", ""]);

export function createMacosSessions(run: RunCommand, clock: Clock): SessionPort {
  return {
    async console(signal) {
      const options = { timeoutMs: LIMIT_MS, signal };
      const owner = outputOf(
        await run("/usr/bin/stat", ["-f", "%Su", "/dev/console"], options),
        "stat",
      ).trim();
      if (NOBODY.has(owner)) return { user: null, idleSinceMs: null };
      const idle = await run("/usr/sbin/ioreg", ["-c", "IOHIDSystem", "-r", "-d", "1"], options);
      const idleMs = idle.kind === "exited" ? parseIoregIdle(idle.stdout) : undefined;
      return { user: owner, idleSinceMs: idleMs === undefined ? null : wholeMinute(clock.wallMs() - idleMs) };
    },
  };
}

// To the minute, so that the fact does not change with each reading of the same idle time.
function wholeMinute(epochMs: number): number | null {
  return epochMs >= 0 ? Math.round(epochMs / MINUTE_MS) * MINUTE_MS : null;
}

/** A user's graphical session. */
export type ConsoleUser = {
  user: string;
  uid: number;
  /** False for a session that fast user switching left in the background. */
  isOnConsole: boolean;
  isLocked: boolean;
};

// The login window's own account, and the assistant's that sets a Mac up.
const SYSTEM_ACCOUNTS = new Set(["root", "_mbsetupuser", "loginwindow"]);

/** Reads the property IOConsoleUsers of `ioreg -n Root -d1`. Undefined when it is not there. */
export function parseConsoleUsers(text: string): ConsoleUser[] | undefined {
  const list = /"IOConsoleUsers" = \((.*)\)\s*$/m.exec(text)?.[1];
  if (list === undefined) return undefined;
  return [...list.matchAll(/\{([^{}]*)\}/g)].flatMap(([, entry = ""]) => {
    const user = /"kCGSSessionUserNameKey"="([^"]+)"/.exec(entry)?.[1];
    const uid = /"kCGSSessionUserIDKey"=(\d{1,10})/.exec(entry)?.[1];
    if (user === undefined || uid === undefined || SYSTEM_ACCOUNTS.has(user)) return [];
    const has = (key: string) => entry.includes(`"${key}"=Yes`);
    return [
      {
        user,
        uid: Number(uid),
        isOnConsole: has("kCGSSessionOnConsoleKey"),
        isLocked: has("CGSSessionScreenIsLocked"),
      },
    ];
  });
}
