import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { win32 } from "node:path";
import type { InstallationPort } from "../ports/installation-port.ts";
import type { Commands } from "../run-command.ts";
import { findPackage, readServiceFile } from "../service-files.ts";
import { serviceManagerError } from "../service-manager-error.ts";
import { serviceHomeOf } from "./windows-home.ts";
import { protectFolder } from "./protect-folder.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";
import { taskDefinition } from "./task-definition.ts";

const TASK = "Muster Agent";
const PROGRAM = "muster-agent.exe";
const LAUNCHER = "run-agent.cmd";
const LIMIT_MS = 60_000;

export type InstallationPaths = { programFiles: string; programData: string; systemRoot: string };

/** The agent as a scheduled task of SYSTEM. */
export function createWindowsInstallation(
  { run, launch }: Pick<Commands, "run" | "launch">,
  { programFiles, programData, systemRoot }: InstallationPaths,
): InstallationPort {
  const home = serviceHomeOf(programData);
  const usualFolder = win32.join(programFiles, "Muster Agent");
  const commandProcessor = win32.join(systemRoot, "System32", "cmd.exe");
  const config = win32.join(home, "config.json");
  let folder = folderOfThisProgram() ?? usualFolder;

  const schtasks = (...args: string[]) => run("schtasks.exe", args, { timeoutMs: LIMIT_MS });

  /** Ending a task ends only its own process: the agent below it is found by its path. */
  async function endAgent(): Promise<void> {
    await schtasks("/end", "/tn", TASK);
    const path = win32.join(folder, PROGRAM).replaceAll("'", "''");
    const script = `Get-Process -Name muster-agent -ErrorAction SilentlyContinue | Where-Object { $_.Path -eq '${path}' -and $_.Id -ne ${process.pid} } | ForEach-Object { Stop-Process -Id $_.Id -Force; $_.WaitForExit(10000) | Out-Null }`;
    await run(POWERSHELL, powershellArguments(script), { timeoutMs: LIMIT_MS });
  }

  return {
    home,
    async obstacle() {
      // Only administrators may write there; whoever is asked for a password of an administrator is none.
      const probe = win32.join(programFiles, `muster-${process.pid}.tmp`);
      try {
        await writeFile(probe, "");
        await rm(probe, { force: true });
        return null;
      } catch {
        return "Installing needs the rights of an administrator: use a PowerShell that was started as administrator.";
      }
    },
    isInstalled: async () =>
      existsSync(win32.join(folder, LAUNCHER)) || existsSync(win32.join(home, "identity.json")),
    async prepareHome(configText) {
      await mkdir(home, { recursive: true });
      await protectFolder(run, home, true);
      if (existsSync(config)) return false;
      await writeFile(config, configText);
      return true;
    },
    async putProgram(given) {
      const found = findPackage();
      if (found?.kind !== "file") throw new Error("Only the agent as one file can be installed.");
      folder = given ?? usualFolder;
      await endAgent();
      await mkdir(folder, { recursive: true });
      const program = win32.join(folder, PROGRAM);
      if (!isSamePath(found.program, program)) {
        await copyFile(found.program, `${program}.new`);
        await rename(`${program}.new`, program);
        await copyHelper(win32.dirname(found.program), folder);
      }
      await writeFile(win32.join(folder, LAUNCHER), await readServiceFile("run-agent.cmd"));
    },
    async start() {
      const file = win32.join(home, "task.xml");
      await writeFile(file, taskDefinition(win32.join(folder, LAUNCHER), commandProcessor));
      const created = await schtasks("/create", "/tn", TASK, "/xml", file, "/f");
      await rm(file, { force: true });
      if (created.kind !== "exited" || created.code !== 0) {
        const reason = serviceManagerError(created);
        return { kind: "failed", reason: `Task Scheduler does not accept the agent's task: ${reason}` };
      }
      await schtasks("/run", "/tn", TASK);
      return { kind: "started", manager: "Task Scheduler" };
    },
    async stop() {
      await endAgent();
      await schtasks("/delete", "/tn", TASK, "/f");
    },
    async remove() {
      for (const path of [home, win32.join(programData, "MusterAgent")]) {
        await rm(path, { recursive: true, force: true });
      }
      for (const name of [LAUNCHER, "snoretoast-x64.exe"])
        await rm(win32.join(folder, name), { force: true });
      const program = win32.join(folder, PROGRAM);
      if (isSamePath(process.execPath, program)) removeLater();
      else await rm(program, { force: true });
      return removeIfOnlyProgram();
    },
  };

  /** A program cannot remove itself while it runs: a few seconds later, what holds its file has ended. */
  function removeLater(): void {
    const ping = win32.join(systemRoot, "System32", "ping.exe");
    const program = win32.join(folder, PROGRAM);
    // Without a quote of ours: only what has a space is quoted, and so cmd reads the line as it is.
    const line = [
      ping,
      "-n",
      "4",
      "127.0.0.1",
      ">nul",
      "&",
      "del",
      "/f",
      "/q",
      program,
      "&",
      "rmdir",
      folder,
    ];
    launch(commandProcessor, ["/d", "/c", ...line]);
  }

  async function removeIfOnlyProgram(): Promise<string[]> {
    if (!existsSync(folder)) return [];
    const others = (await readdir(folder)).filter((name) => name !== PROGRAM);
    if (others.length > 0) return [folder];
    if (!existsSync(win32.join(folder, PROGRAM))) await rmdir(folder);
    return [];
  }
}

function folderOfThisProgram(): string | null {
  const found = findPackage();
  if (found?.kind !== "file") return null;
  const folder = win32.dirname(found.program);
  return existsSync(win32.join(folder, LAUNCHER)) ? folder : null;
}

async function copyHelper(from: string, to: string): Promise<void> {
  const helper = "snoretoast-x64.exe";
  if (existsSync(win32.join(from, helper))) await copyFile(win32.join(from, helper), win32.join(to, helper));
}

const isSamePath = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
