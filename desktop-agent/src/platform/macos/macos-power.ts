import type { Cancel, Clock, PowerPort } from "../ports.ts";
import type { Commands } from "../run-command.ts";
import { parsePowerLine, POWER_LOG_PREDICATE } from "./parse-power-line.ts";

const RESTART_MS = 60_000;
const PS_LIMIT_MS = 900;

/**
 * Power notices out of the system's log, which is the one documented way without a native program. It cannot hold the system back,
 * so `release` does nothing, and the last word may be sent too late.
 */
export function createMacosPower({ run, follow }: Commands, clock: Clock): PowerPort {
  return {
    subscribe(listener, note) {
      let isAsleep = false;
      let stop: () => void = () => undefined;
      let cancelRestart: Cancel = () => undefined;

      const onLine = (line: string) => {
        const notice = parsePowerLine(line);
        // powerd and the kernel both report the same sleep.
        if (notice === undefined || isAsleep === (notice === "about-to-sleep")) return;
        isAsleep = notice === "about-to-sleep";
        listener(isAsleep ? { kind: "about-to-sleep", release: () => undefined } : { kind: "woke" });
      };
      const start = () => {
        const args = [
          "stream",
          "--style",
          "ndjson",
          "--level",
          "default",
          "--predicate",
          POWER_LOG_PREDICATE,
        ];
        stop = follow("/usr/bin/log", args, {
          onLine,
          onEnd: (reason) => {
            note(`no notices of sleep: ${reason}`);
            cancelRestart = clock.after(RESTART_MS, start);
          },
        }).stop;
      };
      start();
      return Promise.resolve(() => {
        cancelRestart();
        stop();
      });
    },

    async goingDown() {
      const result = await run("/bin/ps", ["-axo", "args="], { timeoutMs: PS_LIMIT_MS });
      return result.kind === "exited" ? parseGoingDown(result.stdout) : "no";
    },
  };
}

// The programs that take the system down are at work while it goes.
function parseGoingDown(text: string): "no" | "shutting-down" | "restarting" {
  if (/^(\/sbin\/)?(reboot\b|shutdown( .*)? -r\b)/m.test(text)) return "restarting";
  return /^(\/sbin\/)?(halt\b|shutdown( .*)? -[hs]\b)/m.test(text) ? "shutting-down" : "no";
}
