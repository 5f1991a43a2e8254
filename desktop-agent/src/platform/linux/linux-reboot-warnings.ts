import type { RebootWarningPort } from "../ports.ts";
import { asksDiskPassword } from "./asks-disk-password.ts";
import { isPackageManagerBusy } from "./is-package-manager-busy.ts";
import type { SystemFiles } from "./system-files.ts";

export function createLinuxRebootWarnings(files: SystemFiles): RebootWarningPort {
  return {
    read: async () => [
      ...(asksDiskPassword(files) ? (["disk-password"] as const) : []),
      ...(isPackageManagerBusy(files) ? (["package-manager"] as const) : []),
    ],
  };
}
