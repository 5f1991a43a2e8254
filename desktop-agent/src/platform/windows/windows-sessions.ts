import { outputOf } from "../command-output.ts";
import type { Clock, SessionPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { parseQuser } from "./parse-quser.ts";
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
