import type { Platform } from "./ports.ts";
import { createCommands } from "./run-command.ts";

/** Makes the platform of the system it runs on. The only reader of `process.platform`; only this system's code is loaded. */
export async function createPlatform(): Promise<Platform> {
  const commands = createCommands(process.env);
  const runFolder = process.env.MUSTER_AGENT_RUN_DIR || undefined;
  switch (process.platform) {
    case "linux": {
      const { createLinuxPlatform } = await import("./linux/create-linux-platform.ts");
      return createLinuxPlatform(commands, process.env.DBUS_SYSTEM_BUS_ADDRESS, runFolder);
    }
    case "darwin": {
      const { createMacosPlatform } = await import("./macos/create-macos-platform.ts");
      return createMacosPlatform(commands, runFolder);
    }
    case "win32": {
      const { createWindowsPlatform } = await import("./windows/create-windows-platform.ts");
      const {
        ProgramData: programData,
        LOCALAPPDATA: localAppData,
        ProgramFiles: programFiles,
      } = process.env;
      const places = { programData, localAppData, programFiles, runFolder };
      return createWindowsPlatform(commands, places, process.pid);
    }
    default:
      throw new Error(`Muster's agent does not know this system: ${process.platform}`);
  }
}
