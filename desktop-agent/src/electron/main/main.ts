import { userInfo } from "node:os";
import { join } from "node:path";
import * as electron from "electron";
import { createPlatform } from "../../platform/create-platform.ts";
import type { Platform } from "../../platform/ports.ts";
import { createProbedInventory } from "../../platform/probed-inventory.ts";
import { createProbeProcess } from "./probe-process.ts";
import { startTray } from "./start-tray.ts";

/** The platform, whose inventory the hardware probe completes. */
async function createTrayPlatform(): Promise<Platform> {
  const platform = await createPlatform();
  const command = { file: join(import.meta.dirname, "probe.cjs"), args: [] };
  const run = createProbeProcess(electron.utilityProcess);
  return { ...platform, inventory: createProbedInventory(platform.inventory, run, command) };
}

startTray(electron, {
  environment: process.env,
  argv: process.argv,
  pid: process.pid,
  execPath: process.execPath,
  electronVersion: process.versions.electron ?? "",
  folder: import.meta.dirname,
  user: userInfo().username,
  createPlatform: createTrayPlatform,
});
