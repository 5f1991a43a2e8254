import { existsSync } from "node:fs";
import { chmod, chown, cp, copyFile, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { InstallationPort } from "../ports/installation-port.ts";
import type { RunCommand } from "../run-command.ts";
import { findPackage, readServiceFile } from "../service-files.ts";
import { serviceManagerError } from "../service-manager-error.ts";

const LABEL = "muster.agent";
const PLIST = `/Library/LaunchDaemons/${LABEL}.plist`;
const FOLDER = "/usr/local/muster-agent";
const PROGRAM = join(FOLDER, "muster-agent");
const LINK = "/usr/local/bin/muster-agent";
const HOME = "/Library/Application Support/Muster Agent";
const LIMIT_MS = 30_000;

/** The agent as a daemon of launchd. Written from the manual pages: nothing of it was run on macOS by this project. */
export function createMacosInstallation(run: RunCommand): InstallationPort {
  const launchctl = (...args: string[]) => run("/bin/launchctl", args, { timeoutMs: LIMIT_MS });
  const config = join(HOME, "config.json");
  const stop = () => launchctl("bootout", `system/${LABEL}`);

  return {
    home: HOME,
    obstacle: async () =>
      process.getuid?.() === 0 ? null : "Installing requires root. Run the command with sudo.",
    isInstalled: async () => [PLIST, PROGRAM, join(HOME, "identity.json")].some((path) => existsSync(path)),
    async prepareHome(configText) {
      await mkdir(HOME, { recursive: true });
      await chmod(HOME, 0o700);
      if (existsSync(config)) return false;
      await writeFile(config, configText, { mode: 0o600 });
      return true;
    },
    async putProgram(folder) {
      if (folder !== null) throw new Error(`On macOS the agent is always installed in ${FOLDER}.`);
      await putPackage();
      // A browser marks downloads, and launchd would not start a marked file.
      await run("/usr/bin/xattr", ["-dr", "com.apple.quarantine", FOLDER], { timeoutMs: LIMIT_MS });
      await mkdir(dirname(LINK), { recursive: true });
      await rm(LINK, { force: true });
      await symlink(PROGRAM, LINK);
    },
    async start() {
      await stop();
      await writeFile(PLIST, await readServiceFile("muster.agent.plist"));
      await chown(PLIST, 0, 0);
      await chmod(PLIST, 0o644);
      const result = await launchctl("bootstrap", "system", PLIST);
      if (result.kind === "exited" && result.code === 0) return { kind: "started", manager: "launchd" };
      return { kind: "failed", reason: `launchd does not start the agent: ${serviceManagerError(result)}` };
    },
    async stop() {
      await stop();
      await rm(PLIST, { force: true });
    },
    async remove() {
      await rm(LINK, { force: true });
      for (const folder of [FOLDER, HOME, "/var/run/muster-agent"]) {
        await rm(folder, { recursive: true, force: true });
      }
      return [];
    },
  };
}

async function putPackage(): Promise<void> {
  const found = findPackage();
  if (found === null) throw new Error("Only a packaged agent can be installed.");
  if (found.kind === "folder" && found.folder === FOLDER) return;
  const fresh = `${FOLDER}.new`;
  await rm(fresh, { recursive: true, force: true });
  if (found.kind === "folder") await cp(found.folder, fresh, { recursive: true });
  else {
    await mkdir(fresh, { recursive: true });
    await copyFile(found.program, join(fresh, "muster-agent"));
  }
  await chmod(fresh, 0o755);
  await chmod(join(fresh, "muster-agent"), 0o755);
  await rm(FOLDER, { recursive: true, force: true });
  await rename(fresh, FOLDER);
}
