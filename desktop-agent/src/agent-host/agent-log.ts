import { createLog, type Log, messageOf } from "../agent/log.ts";
import { createRotatingFile } from "../agent/rotating-file.ts";
import type { Context } from "./context.ts";

export type AgentLog = { log: Log; flush: () => Promise<void> };

/** The log of the running service: everything in its file, warnings and errors also to `warn`. */
export async function openAgentLog(context: Context, warn: (line: string) => void): Promise<AgentLog> {
  const { settings, platform, home, logPath } = context;
  const { files, clock } = platform;
  // The folder of a configured file is not the agent's: its mode stays as it is.
  if (settings.logFile === null) await files.makeFolder(home.logs);
  const file = createRotatingFile({
    files,
    path: logPath,
    failed: (error) => warn(`The log cannot be written: ${messageOf(error)}`),
  });
  const log = createLog({
    level: settings.logLevel,
    wallMs: () => clock.wallMs(),
    write(line, level) {
      file.write(line);
      if (level === "warn" || level === "error") warn(line);
    },
  });
  return { log, flush: file.flush };
}
