import type { Cancel, Clock, PowerPort } from "../ports.ts";
import type { Commands } from "../run-command.ts";

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
            note(`There are no notifications of sleep: ${reason}`);
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

type MacPowerNotice = "about-to-sleep" | "woke";

/** Log messages about power changes: those of the kernel, and those of powerd, which come some seconds earlier. */
const POWER_LOG_PREDICATE = [
  '(process == "powerd" AND eventMessage BEGINSWITH "Entering Sleep state due to")',
  '(process == "kernel" AND eventMessage == "PMRD: System Sleep")',
  '(process == "kernel" AND eventMessage == "PMRD: System Wake")',
].join(" OR ");

/** Understands a line of `log stream --style ndjson`; undefined for anything else. */
function parsePowerLine(line: string): MacPowerNotice | undefined {
  const message = messageOf(line);
  if (message === undefined) return undefined;
  if (message.startsWith("Entering Sleep state due to") || message === "PMRD: System Sleep")
    return "about-to-sleep";
  return message === "PMRD: System Wake" ? "woke" : undefined;
}

function messageOf(line: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    const isEntry = typeof entry === "object" && entry !== null && "eventMessage" in entry;
    return isEntry && typeof entry.eventMessage === "string" ? entry.eventMessage : undefined;
  } catch {
    // The first line describes the active filter.
    return undefined;
  }
}
