import { dirname } from "node:path";
import type { FilePort, IdentityPort } from "./ports.ts";

/** The system has no machine id. A reading that fails is another error. */
export class NoMachineIdError extends Error {
  override name = "NoMachineIdError";
}

const MACHINE_ID = /^[0-9a-f]{32}$/;

/**
 * Gives a machine without an id an id of its own and stores it in `path`. A stored id stays in use when the system gets an id later, so
 * that the machine is not mistaken for a copy.
 * @param makeId returns 32 random hexadecimal digits
 */
export function withStoredMachineId(
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
  // Concurrent callers must not create two ids.
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
