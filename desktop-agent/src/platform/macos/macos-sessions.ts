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
