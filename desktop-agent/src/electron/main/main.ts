import { userInfo } from "node:os";
import * as electron from "electron";
import { createPlatform } from "../../platform/create-platform.ts";
import { startTray } from "./start-tray.ts";

startTray(electron, {
  environment: process.env,
  argv: process.argv,
  pid: process.pid,
  execPath: process.execPath,
  electronVersion: process.versions.electron ?? "",
  folder: import.meta.dirname,
  user: userInfo().username,
  createPlatform,
});
