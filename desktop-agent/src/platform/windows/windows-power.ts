import type { PowerPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { parseShutdownEvent, SHUTDOWN_EVENT_QUERY } from "./parse-event-xml.ts";
import type { Watcher } from "./watcher.ts";

const QUERY_LIMIT_MS = 900;

/** Power events of CIM. They announce and cannot hold the system back, so `release` does nothing. */
export function createWindowsPower(run: RunCommand, watcher: Watcher): PowerPort {
  const goingDown = async () => {
    const result = await run("wevtutil.exe", SHUTDOWN_EVENT_QUERY, { timeoutMs: QUERY_LIMIT_MS });
    return result.kind === "exited" && result.code === 0 ? parseShutdownEvent(result.stdout) : "no";
  };
  const release = () => undefined;
  return {
    goingDown,
    subscribe(listener, note) {
      let isAsleep = false;
      const cancel = watcher.onPower((notice) => {
        if (notice === "going-down") {
          void goingDown().then((how) =>
            listener({ kind: "going-down", how: how === "no" ? "shutting-down" : how, release }),
          );
          return;
        }
        // Windows reports a wake-up by a user twice: first as automatic, then as caused by the user.
        if (isAsleep === (notice === "about-to-sleep")) return;
        isAsleep = notice === "about-to-sleep";
        listener(notice === "woke" ? { kind: "woke" } : { kind: "about-to-sleep", release });
      }, note);
      return Promise.resolve(cancel);
    },
  };
}
