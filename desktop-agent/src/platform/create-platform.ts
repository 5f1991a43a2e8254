import type { Platform } from "./ports.ts";
import { createCommands } from "./run-command.ts";

/** Makes the platform of the system it runs on. The only reader of `process.platform`; only this system's code is loaded. */
export async function createPlatform(): Promise<Platform> {
  const commands = createCommands(process.env);
  switch (process.platform) {
    case "linux": {
      const { createLinuxPlatform } = await import("./linux/create-linux-platform.ts");
      return createLinuxPlatform(commands, process.env.DBUS_SYSTEM_BUS_ADDRESS);
    }
    case "darwin": {
      const { createMacosPlatform } = await import("./macos/create-macos-platform.ts");
      return createMacosPlatform(commands);
    }
    case "win32": {
      const { createWindowsPlatform } = await import("./windows/create-windows-platform.ts");
      const places = { programData: process.env.ProgramData, localAppData: process.env.LOCALAPPDATA };
      return createWindowsPlatform(commands, places, process.pid);
    }
    default:
      throw new Error(`Muster's agent does not know this system: ${process.platform}`);
  }
}
