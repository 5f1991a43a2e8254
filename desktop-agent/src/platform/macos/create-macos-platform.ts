import { randomUUID } from "node:crypto";
import { statfs } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { outputOf } from "../command-output.ts";
import { rootFiles } from "../administrator-file.ts";
import { endProcess } from "../end-process.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { cacheFor } from "../cache-for.ts";
import { homeProblem } from "../home-owner.ts";
import type { Platform } from "../ports.ts";
import { createPrivateFiles } from "../private-files.ts";
import type { Commands } from "../run-command.ts";
import { helperBeside } from "../self-command.ts";
import { notifierOf } from "../show-by-notifier.ts";
import { unreadableServices } from "../unreadable-services.ts";
import { createSystemClock } from "../system-clock.ts";
import { createMacosIdentity } from "./macos-identity.ts";
import { createMacosInventory } from "./macos-inventory.ts";
import { createMacosLocalChannel, MACOS_RUN_FOLDER } from "./macos-local-channel.ts";
import { createMacosMessages, createTerminalNotifier } from "./macos-messages.ts";
import { createMacosMetrics } from "./macos-metrics.ts";
import { createMacosPower } from "./macos-power.ts";
import { createMacosRebootWarnings, createMacosReboots } from "./macos-reboots.ts";
import { createMacosSessions } from "./macos-sessions.ts";
import { chooseMacMounts, parseMount } from "./parse-mount.ts";

const STATFS_LIMIT_MS = 1_000;
const COMMAND_LIMIT_MS = 5_000;
const MOUNTS_CACHE_MS = 5 * 60_000;

/**
 * macOS behind the ports. Its tools are called by their full paths, because a service has another PATH.
 * @param runFolder where the service's channels are, when not in the default location
 */
export function createMacosPlatform(commands: Commands, runFolder = MACOS_RUN_FOLDER): Platform {
  const { run } = commands;
  const clock = createSystemClock();
  const notifier = helperBeside("terminal-notifier.app/Contents/MacOS/terminal-notifier");
  const ownUid = process.getuid?.() ?? -1;
  const probe = createFileSystemProbe(statfs, STATFS_LIMIT_MS);
  const mounts = cacheFor(clock, MOUNTS_CACHE_MS, async () =>
    chooseMacMounts(
      parseMount(outputOf(await run("/sbin/mount", [], { timeoutMs: COMMAND_LIMIT_MS }), "mount")),
    ),
  );
  return {
    family: "macos",
    clock,
    files: createPrivateFiles({ syncsFolders: true }),
    storage: {
      homeProblem: (path) => homeProblem(path, ownUid),
      defaultHome: () =>
        ownUid === 0
          ? "/Library/Application Support/Muster Agent"
          : join(os.homedir(), "Library/Application Support/Muster Agent"),
      allowedActions: () => "/Library/Application Support/Muster/allowed-actions.json",
    },
    administratorFiles: rootFiles,
    identity: createMacosIdentity(run),
    power: createMacosPower(commands, clock),
    sessions: createMacosSessions(run, clock),
    processes: {
      runOf: async (pid) => {
        const result = await run("/bin/ps", ["-o", "lstart=", "-p", String(pid)], {
          timeoutMs: COMMAND_LIMIT_MS,
        });
        return result.kind === "exited" && result.stdout.trim() !== "" ? result.stdout.trim() : null;
      },
    },
    metrics: createMacosMetrics(run, probe, mounts),
    inventory: createMacosInventory(run, clock, probe, mounts),
    services: unreadableServices("The agent does not read the services of macOS yet."),
    messages: createMacosMessages(
      commands,
      clock,
      ownUid,
      notifierOf(notifier === undefined ? undefined : createTerminalNotifier(notifier), {
        clock,
        newId: randomUUID,
      }),
    ),
    reboots: createMacosReboots(commands, clock, ownUid),
    rebootWarnings: createMacosRebootWarnings(run),
    localChannel: createMacosLocalChannel(run, ownUid, runFolder),
    openInstallation: async () => (await import("./macos-installation.ts")).createMacosInstallation(run),
    endProcess: (code) => endProcess(probe, code),
    replaceProcess: () => commands.replaceSelf(),
  };
}
