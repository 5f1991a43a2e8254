import { statfs } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { rootFiles } from "../administrator-file.ts";
import { endProcess } from "../end-process.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { homeProblem } from "../home-owner.ts";
import type { Platform } from "../ports.ts";
import { createPrivateFiles } from "../private-files.ts";
import type { Commands } from "../run-command.ts";
import { createSystemClock } from "../system-clock.ts";
import { dbusSocketPath } from "./dbus/dbus-address.ts";
import { createLinuxIdentity } from "./linux-identity.ts";
import { createLinuxInventory } from "./linux-inventory.ts";
import { createLinuxLocalChannel, LINUX_RUN_FOLDER } from "./linux-local-channel.ts";
import { createLinuxMessages } from "./linux-messages.ts";
import { createLinuxMetrics } from "./linux-metrics.ts";
import { createLinuxPower } from "./linux-power.ts";
import { createLinuxRebootWarnings } from "./linux-reboot-warnings.ts";
import { createLinuxReboots } from "./linux-reboots.ts";
import { createLinuxServices } from "./linux-services.ts";
import { createLinuxSessions } from "./linux-sessions.ts";
import { parseProcessStart } from "./parse-process-start.ts";
import { createSystemFiles } from "./system-files.ts";

const STATFS_LIMIT_MS = 1000;

/**
 * Linux behind the ports.
 * @param busAddress where the system's D-Bus listens
 * @param runFolder where the service's channels are, when not in the default location
 */
export function createLinuxPlatform(
  commands: Commands,
  busAddress: string | undefined,
  runFolder = LINUX_RUN_FOLDER,
): Platform {
  const files = createSystemFiles();
  const clock = createSystemClock();
  const ownUid = process.getuid?.() ?? -1;
  const probe = createFileSystemProbe(statfs, STATFS_LIMIT_MS);
  return {
    family: "linux",
    clock,
    files: createPrivateFiles({ syncsFolders: true }),
    storage: {
      homeProblem: (path) => homeProblem(path, ownUid),
      defaultHome: () =>
        ownUid === 0 ? "/var/lib/muster-agent" : join(os.homedir(), ".local/state/muster-agent"),
      allowedActions: () => "/etc/muster/allowed-actions.json",
    },
    administratorFiles: rootFiles,
    identity: createLinuxIdentity(files),
    power: createLinuxPower(commands, clock, dbusSocketPath(busAddress)),
    sessions: createLinuxSessions(files, dbusSocketPath(busAddress)),
    processes: {
      runOf: async (pid) => {
        const start = parseProcessStart(files.read(`/proc/${pid}/stat`) ?? "");
        return start === undefined ? null : String(start);
      },
    },
    metrics: createLinuxMetrics(files, probe, clock),
    inventory: createLinuxInventory(files, probe, clock),
    services: createLinuxServices(files, dbusSocketPath(busAddress)),
    messages: createLinuxMessages({ commands, files, clock, ownUid }),
    reboots: createLinuxReboots(commands, files, clock),
    rebootWarnings: createLinuxRebootWarnings(files),
    localChannel: createLinuxLocalChannel({ run: commands.run, files, ownUid, base: runFolder }),
    openInstallation: async () =>
      (await import("./linux-installation.ts")).createLinuxInstallation(commands.run),
    endProcess: (code) => endProcess(probe, code),
    replaceProcess: () => commands.replaceSelf(),
  };
}
