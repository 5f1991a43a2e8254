import { copyFile } from "node:fs/promises";
import path from "node:path";

/** What `muster-agent install` gives to the service manager of its system. */
const SERVICE_FILES = [
  "systemd/muster-agent.service",
  "sysv/muster-agent.init",
  "launchd/muster.agent.plist",
  "windows/run-agent.cmd",
];

/** Puts the files beside the agent's libraries, from where they become assets of the executable. */
export async function addServiceFiles(root: string, folder: string): Promise<void> {
  for (const file of SERVICE_FILES) {
    await copyFile(path.join(root, "deploy", file), path.join(folder, path.basename(file)));
  }
}
