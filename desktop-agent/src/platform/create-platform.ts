import type { Platform } from "./ports.ts";
import { createCommands } from "./run-command.ts";

/** Makes the platform of the system it runs on. The only reader of `process.platform`; only this system's code is loaded. */
export async function createPlatform(): Promise<Platform> {
  const runFolder = process.env.MUSTER_AGENT_RUN_DIR || undefined;
  switch (process.platform) {
    case "linux": {
      const { createLinuxPlatform } = await import("./linux/create-linux-platform.ts");
      return createLinuxPlatform(createCommands(process.env), process.env.DBUS_SYSTEM_BUS_ADDRESS, runFolder);
    }
    case "darwin": {
      const { createMacosPlatform } = await import("./macos/create-macos-platform.ts");
      return createMacosPlatform(createCommands(process.env), runFolder);
    }
    case "win32": {
      const { createWindowsPlatform } = await import("./windows/create-windows-platform.ts");
      const {
        ProgramData: programData,
        LOCALAPPDATA: localAppData,
        ProgramFiles: programFiles,
      } = process.env;
      const paths = { programData, localAppData, programFiles, runFolder };
      const { findConsoleCodePage } = await import("./windows/parse-reg-query.ts");
      const commands = createCommands(process.env, findConsoleCodePage);
      return createWindowsPlatform(commands, paths, process.pid);
    }
    default:
      throw new Error(`Muster's agent does not support this system: ${process.platform}.`);
  }
}
