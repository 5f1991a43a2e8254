import { outputOf } from "../command-output.ts";
import { required } from "../reading-values.ts";
import { NoMachineIdError } from "../stored-machine-id.ts";
import { meaningfulUuid } from "../meaningful-uuid.ts";
import type { IdentityPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import type { CimSnapshot } from "./cim-snapshot.ts";
import { BOOT_EVENT_QUERY, parseBootEvent } from "./parse-event-xml.ts";
import { parseRegQuery } from "./parse-reg-query.ts";

const LIMIT_MS = 10_000;
const GUID_QUERY = ["query", "HKLM\\SOFTWARE\\Microsoft\\Cryptography", "/v", "MachineGuid", "/reg:64"];

export function createWindowsIdentity(run: RunCommand, snapshot: () => Promise<CimSnapshot>): IdentityPort {
  const ask = async (file: string, args: readonly string[]) =>
    outputOf(await run(file, args, { timeoutMs: LIMIT_MS }), file);
  return {
    machineId: async () => {
      const id = meaningfulUuid(parseRegQuery(await ask("reg.exe", GUID_QUERY), "MachineGuid"));
      if (id !== null) return id;
      throw new NoMachineIdError("This Windows has no machine id: the registry has no MachineGuid.");
    },
    hypervisorUuid: async () => meaningfulUuid((await snapshot()).uuid),
    bootId: async () =>
      required(
        parseBootEvent(await ask("wevtutil.exe", BOOT_EVENT_QUERY)),
        "the boot event in the system's log",
      ),
  };
}
