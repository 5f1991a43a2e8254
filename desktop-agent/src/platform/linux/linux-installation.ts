import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readlink, rename, rm, rmdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { InstallationPort } from "../ports/installation-port.ts";
import type { RunCommand } from "../run-command.ts";
import { findPackage } from "../service-files.ts";
import { createLinuxService, hasServiceFile } from "./linux-service.ts";

const HOME = "/var/lib/muster-agent";
const CONFIG_FOLDER = "/etc/muster-agent";
const LINK = "/usr/local/bin/muster-agent";
const USUAL_FOLDER = "/opt/muster-agent";
const LIMIT_MS = 10_000;

/** The agent as the service of a Linux machine, without a package manager. */
export function createLinuxInstallation(run: RunCommand): InstallationPort {
  const service = createLinuxService(run);
  const config = join(CONFIG_FOLDER, "config.json");
  const link = join(HOME, "config.json");

  return {
    home: HOME,
    async obstacle() {
      if (process.getuid?.() !== 0) return "Installing requires root. Run the command with sudo.";
      const query = await run("dpkg-query", ["-W", "-f", "${db:Status-Status}", "muster-agent"], {
        timeoutMs: LIMIT_MS,
      });
      return query.kind === "exited" && query.stdout === "installed"
        ? "The package muster-agent is installed. Use apt to upgrade or purge it."
        : null;
    },
    isInstalled: async () => hasServiceFile() || existsSync(LINK) || existsSync(join(HOME, "identity.json")),
    async prepareHome(configText) {
      await mkdir(CONFIG_FOLDER, { recursive: true });
      await chmod(CONFIG_FOLDER, 0o755);
      await mkdir(HOME, { recursive: true });
      await chmod(HOME, 0o700);
      const isNew = !existsSync(config);
      if (isNew) await writeFile(config, configText, { mode: 0o600 });
      if (!existsSync(link)) await symlink(config, link);
      return isNew;
    },
    async putProgram(folder) {
      const found = findPackage();
      if (found?.kind !== "file") {
        throw new Error("Only the agent as one file can be installed. Build it with npm run package:agent.");
      }
      const target = join(folder ?? USUAL_FOLDER, "muster-agent");
      await mkdir(dirname(target), { recursive: true });
      await chmod(dirname(target), 0o755);
      if (found.program !== target) await replaceProgram(found.program, target);
      await mkdir(dirname(LINK), { recursive: true });
      await rm(LINK, { force: true });
      await symlink(target, LINK);
    },
    start: async () => service.start(await programFile()),
    stop: () => service.stop(),
    async remove() {
      const program = await programFile();
      await rm(LINK, { force: true });
      await rm(program, { force: true });
      for (const folder of [HOME, CONFIG_FOLDER, "/run/muster-agent"]) {
        await rm(folder, { recursive: true, force: true });
      }
      return (await removeIfEmpty(dirname(program))) ? [] : [dirname(program)];
    },
  };
}

/** A running program cannot be overwritten, but its name can be given to another one. */
async function replaceProgram(source: string, target: string): Promise<void> {
  const fresh = `${target}.new`;
  await copyFile(source, fresh);
  await chmod(fresh, 0o755);
  await rename(fresh, target);
}

/** The installed program; where it would be when there is none. */
async function programFile(): Promise<string> {
  try {
    return await readlink(LINK);
  } catch {
    return join(USUAL_FOLDER, "muster-agent"); // No link, or not ours.
  }
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch {
    return !existsSync(folder); // Others' files are kept.
  }
}
