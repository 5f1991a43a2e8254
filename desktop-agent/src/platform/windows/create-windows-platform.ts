import { randomUUID } from "node:crypto";
import { statfs } from "node:fs/promises";
import os from "node:os";
import { win32 } from "node:path";
import { outputOf } from "../command-output.ts";
import { required } from "../reading-values.ts";
import { endProcess } from "../end-process.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { cacheFor } from "../cache-for.ts";
import { helperBeside, selfCommand } from "../self-command.ts";
import { notifierOf } from "../show-by-notifier.ts";
import type { Platform } from "../ports.ts";
import { createPrivateFiles } from "../private-files.ts";
import type { Commands } from "../run-command.ts";
import { unreadableServices } from "../unreadable-services.ts";
import { createSystemClock } from "../system-clock.ts";
import { createWindowsAdministratorFiles } from "./administrator-file.ts";
import { CIM_SCRIPT, parseCimSnapshot } from "./cim-snapshot.ts";
import { protectFolder, serviceHomeProblem } from "./protect-folder.ts";
import { POWERSHELL, powershellArguments } from "./run-powershell.ts";
import { createSnoreToast } from "./snore-toast.ts";
import { createWatcher } from "./watcher.ts";
import { serviceHomeOf, windowsHome } from "./windows-home.ts";
import { createWindowsIdentity } from "./windows-identity.ts";
import { createWindowsInventory } from "./windows-inventory.ts";
import { createWindowsLocalChannel, windowsRunFolder } from "./windows-local-channel.ts";
import { createWindowsMessages } from "./windows-messages.ts";
import { createWindowsMetrics } from "./windows-metrics.ts";
import { createWindowsPower } from "./windows-power.ts";
import { createWindowsRebootWarnings, createWindowsReboots } from "./windows-reboots.ts";
import { createWindowsSessions } from "./windows-sessions.ts";

const STATFS_LIMIT_MS = 1_000;
const CIM_LIMIT_MS = 30_000;
const CIM_CACHE_MS = 60 * 60_000;
const PROCESS_LIMIT_MS = 10_000;

export type WindowsPaths = {
  programData: string | undefined;
  localAppData: string | undefined;
  programFiles: string | undefined;
  systemRoot: string | undefined;
  /** Where the keys of the service's channels are, when not in the default location. */
  runFolder: string | undefined;
};

/** Windows behind the ports. @param paths folders that Windows names in the environment. */
export function createWindowsPlatform(commands: Commands, paths: WindowsPaths, agentPid: number): Platform {
  const { run, follow } = commands;
  const clock = createSystemClock();
  const probe = createFileSystemProbe(statfs, STATFS_LIMIT_MS);
  const toast = helperBeside("snoretoast-x64.exe");
  const watcher = createWatcher(follow, clock, agentPid);
  const powershell = async (script: string, timeoutMs: number) =>
    outputOf(await run(POWERSHELL, powershellArguments(script), { timeoutMs }), "PowerShell");
  const snapshot = cacheFor(clock, CIM_CACHE_MS, async () =>
    required(parseCimSnapshot(await powershell(CIM_SCRIPT, CIM_LIMIT_MS)), "CIM"),
  );
  return {
    family: "windows",
    clock,
    files: createPrivateFiles({
      syncsFolders: false,
      protectFolder: (path) => protectFolder(run, path, isSystem()),
    }),
    storage: {
      defaultHome: () =>
        windowsHome(
          {
            programData: programDataOf(paths),
            localAppData: paths.localAppData,
            systemRoot: paths.systemRoot ?? "C:\\Windows",
          },
          isSystem(),
        ),
      homeProblem: async (path) =>
        isSystem() || path === serviceHomeOf(programDataOf(paths)) ? serviceHomeProblem(run, path) : null,
      allowedActions: () => win32.join(programDataOf(paths), "Muster\\allowed-actions.json"),
    },
    administratorFiles: createWindowsAdministratorFiles(run),
    identity: createWindowsIdentity(run, snapshot),
    power: createWindowsPower(run, watcher),
    sessions: createWindowsSessions(run, watcher, clock),
    processes: {
      runOf: async (pid) => {
        const started = await powershell(
          `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
          PROCESS_LIMIT_MS,
        );
        return /^\d+$/.exec(started.trim())?.[0] ?? null;
      },
    },
    metrics: createWindowsMetrics(run, probe, snapshot, watcher),
    inventory: createWindowsInventory(snapshot, clock, probe),
    services: unreadableServices("The agent does not read the services of Windows yet."),
    messages: createWindowsMessages(
      commands,
      os.userInfo().username,
      notifierOf(toast === undefined ? undefined : createSnoreToast(toast), { clock, newId: randomUUID }),
    ),
    reboots: createWindowsReboots(run),
    rebootWarnings: createWindowsRebootWarnings(run),
    localChannel: createWindowsLocalChannel({
      run,
      isSystem: isSystem(),
      base: paths.runFolder ?? windowsRunFolder(programDataOf(paths)),
      programs: [win32.join(paths.programFiles ?? "C:\\Program Files", "Muster Agent\\muster-agent.exe")],
    }),
    openInstallation: async () => {
      const { createWindowsInstallation } = await import("./windows-installation.ts");
      return createWindowsInstallation(commands, {
        programFiles: paths.programFiles ?? "C:\\Program Files",
        programData: programDataOf(paths),
        systemRoot: paths.systemRoot ?? "C:\\Windows",
      });
    },
    endProcess: (code) => endProcess(probe, code),
    // A process cannot be replaced on Windows: the new one begins beside this one, which is about to end.
    replaceProcess() {
      const { file, args } = selfCommand();
      commands.launch(file, args);
    },
  };
}

const isSystem = (): boolean => os.userInfo().username === "SYSTEM";

const programDataOf = ({ programData }: WindowsPaths): string => programData ?? "C:\\ProgramData";
