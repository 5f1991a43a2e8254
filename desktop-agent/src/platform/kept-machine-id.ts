import { dirname } from "node:path";
import type { FilePort, IdentityPort } from "./ports.ts";

/** The system has no machine id. It was asked and did answer: a reading that fails is another error. */
export class NoMachineIdError extends Error {
  override name = "NoMachineIdError";
}

const MACHINE_ID = /^[0-9a-f]{32}$/;

/**
 * A machine without an id of its own gets one, which the agent keeps in `path`. Once kept it stays, so that the machine is not taken for
 * another when its system gets an id later.
 * @param makeId gives 32 hexadecimal digits by chance
 */
export function withKeptMachineId(
  port: IdentityPort,
  files: FilePort,
  path: string,
  makeId: () => string,
): IdentityPort {
  const machineId = async () => {
    const kept = (await files.read(path))?.trim() ?? "";
    if (MACHINE_ID.test(kept)) return kept;
    try {
      return await port.machineId();
    } catch (error) {
      if (!(error instanceof NoMachineIdError)) throw error;
      const made = makeId();
      await files.makeFolder(dirname(path));
      await files.replace(path, `${made}\n`, { sync: true });
      return made;
    }
  };
  // Two callers at the same time must not make two ids.
  let asking: Promise<string> | undefined;
  return {
    ...port,
    machineId: () => {
      asking ??= machineId().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}
