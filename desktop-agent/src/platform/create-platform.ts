import type { Platform } from "./ports.ts";
import { createProbedInventory } from "./probed-inventory.ts";
import { createCommands, type RunCommand } from "./run-command.ts";
import { probeCommand } from "./self-command.ts";

/** Makes the platform of the system it runs on. The only reader of `process.platform`; only this system's code is loaded. */
export async function createPlatform(): Promise<Platform> {
  const { platform, run } = await createSystem();
  const probe = probeCommand();
  return probe === undefined
    ? platform
    : { ...platform, inventory: createProbedInventory(platform.inventory, run, probe) };
}

async function createSystem(): Promise<{ platform: Platform; run: RunCommand }> {
  const runFolder = process.env.MUSTER_AGENT_RUN_DIR || undefined;
  switch (process.platform) {
    case "linux": {
      const { createLinuxPlatform } = await import("./linux/create-linux-platform.ts");
      const commands = createCommands(process.env);
      const platform = createLinuxPlatform(commands, process.env.DBUS_SYSTEM_BUS_ADDRESS, runFolder);
      return { platform, run: commands.run };
    }
    case "darwin": {
      const { createMacosPlatform } = await import("./macos/create-macos-platform.ts");
      const commands = createCommands(process.env);
      return { platform: createMacosPlatform(commands, runFolder), run: commands.run };
    }
    case "win32": {
      const { createWindowsPlatform } = await import("./windows/create-windows-platform.ts");
      const {
        ProgramData: programData,
        LOCALAPPDATA: localAppData,
        ProgramFiles: programFiles,
        SystemRoot: systemRoot,
      } = process.env;
      const paths = { programData, localAppData, programFiles, systemRoot, runFolder };
      const { findConsoleCodePage } = await import("./windows/parse-reg-query.ts");
      const commands = createCommands(process.env, findConsoleCodePage);
      return { platform: createWindowsPlatform(commands, paths, process.pid), run: commands.run };
    }
    default:
      throw new Error(`Muster's agent does not support this system: ${process.platform}.`);
  }
}
