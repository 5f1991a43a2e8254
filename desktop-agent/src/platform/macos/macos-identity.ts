import { outputOf } from "../command-output.ts";
import { required } from "../reading-values.ts";
import { NoMachineIdError } from "../stored-machine-id.ts";
import { meaningfulUuid } from "../meaningful-uuid.ts";
import type { IdentityPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { parseIoregText } from "./parse-ioreg.ts";

const LIMIT_MS = 5_000;

export function createMacosIdentity(run: RunCommand): IdentityPort {
  return {
    machineId: async () => {
      const text = outputOf(
        await run("/usr/sbin/ioreg", ["-rd1", "-c", "IOPlatformExpertDevice"], { timeoutMs: LIMIT_MS }),
        "ioreg",
      );
      const id = meaningfulUuid(parseIoregText(text, "IOPlatformUUID"));
      if (id !== null) return id;
      throw new NoMachineIdError("This Mac has no machine id: ioreg does not show an IOPlatformUUID.");
    },
    // A virtual Mac gets its IOPlatformUUID from the hypervisor, so there is no second one to compare.
    hypervisorUuid: () => Promise.resolve(null),
    bootId: async () => {
      const text = outputOf(
        await run("/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"], { timeoutMs: LIMIT_MS }),
        "sysctl",
      );
      return required(/^[0-9A-Fa-f-]{36}$/.exec(text.trim())?.[0], "kern.bootsessionuuid");
    },
  };
}
