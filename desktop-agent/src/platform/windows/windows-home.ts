import { readdirSync } from "node:fs";
import os from "node:os";
import { win32 } from "node:path";

type HomePlaces = { programData: string; localAppData: string | undefined; systemRoot: string };
/** Whether this process can list a folder. */
type CanList = (folder: string) => boolean;

/** Home folder of the machine's service. It runs as SYSTEM, which has no profile that an administrator would look into. */
export function serviceHomeOf(programData: string): string {
  return win32.join(programData, "Muster Agent");
}

/**
 * The home folder when none is given: the service's for the service, and for an elevated administrator where there is one, as for root
 * elsewhere; otherwise the user's own. Only administrators can list the folder of the registry, while everybody may create one in
 * ProgramData.
 */
export function windowsHome(
  { programData, localAppData, systemRoot }: HomePlaces,
  isSystem: boolean,
  canList: CanList = isListable,
): string {
  const service = serviceHomeOf(programData);
  const isElevated = () => canList(win32.join(systemRoot, "System32\\config"));
  if (isSystem || (isElevated() && canList(service))) return service;
  return win32.join(localAppData ?? win32.join(os.homedir(), "AppData\\Local"), "Muster Agent");
}

function isListable(folder: string): boolean {
  try {
    readdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
