import { join } from "node:path";
import { openAgentLog, type AgentLog } from "../../agent-host/agent-log.ts";
import type { ElectronModule, TrayProgram } from "./tray-program.ts";
import { createTrayContext, type TrayContext } from "./tray-context.ts";
import { openTraySettings, type TraySettingsStore } from "./tray-settings.ts";

/** What every part of the tray needs. */
export type TrayBase = AgentLog & { context: TrayContext; settings: TraySettingsStore };

/** Opens home folder, log and settings. Rejects with an error that a user can fix. */
export async function openTrayBase(
  { app, safeStorage }: Pick<ElectronModule, "app" | "safeStorage">,
  program: TrayProgram,
): Promise<TrayBase> {
  const made = await createTrayContext({
    environment: program.environment,
    userData: app.getPath("userData"),
    keyStore: safeStorage,
    platform: await program.createPlatform(),
    runtime: `Electron ${program.electronVersion}`,
  });
  if (made.kind === "invalid") throw new Error(made.problems.join("\n"));
  const { context } = made;
  const { home, platform } = context;
  await platform.files.makeFolder(home.root);
  // Beside the engine's own log, which is a service's where there is one.
  const own = { ...context, logPath: join(home.logs, "tray.log") };
  const { log, flush } = await openAgentLog(own, () => undefined);
  log.info(`The tray ${context.agent.version} starts (pid ${program.pid}).`);
  return {
    context,
    log,
    flush,
    settings: await openTraySettings(platform.files, join(home.root, "tray.json")),
  };
}
