import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCommands } from "../run-command.ts";

export type PrivateBus = { socketPath: string; stop(): void };

/** Starts a message bus of its own. Null where dbus-daemon is not installed or does not start. */
export async function startPrivateBus(): Promise<PrivateBus | null> {
  const folder = mkdtempSync(join(tmpdir(), "muster-bus-"));
  const socketPath = join(folder, "bus");
  const { promise, resolve } = Promise.withResolvers<boolean>();
  // The session configuration lets everybody own names and needs no user of its own.
  const daemon = createCommands({ PATH: "/usr/bin:/bin" }).follow(
    "dbus-daemon",
    ["--session", "--nofork", "--nosyslog", "--print-address=1", `--address=unix:path=${socketPath}`],
    { onLine: () => resolve(true), onEnd: () => resolve(false) },
  );
  const stop = () => {
    daemon.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  if (await promise) return { socketPath, stop };
  stop();
  return null;
}
