import { required } from "../figures.ts";
import { meaningfulUuid } from "../meaningful-uuid.ts";
import type { IdentityPort } from "../ports.ts";
import { detectVirtualization } from "./detect-virtualization.ts";
import { parseProcessStart } from "./parse-process-start.ts";
import type { SystemFiles } from "./system-files.ts";

export function createLinuxIdentity(files: SystemFiles): IdentityPort {
  return {
    machineId: async () => {
      const text = files.read("/etc/machine-id") ?? files.read("/var/lib/dbus/machine-id");
      // It reads "uninitialized" in an image that was never started.
      return required(/^[0-9a-f]{32}$/.exec(text?.trim() ?? "")?.[0], "/etc/machine-id");
    },
    hypervisorUuid: async () =>
      meaningfulUuid(files.read("/sys/class/dmi/id/product_uuid")) ??
      meaningfulUuid(files.read("/sys/hypervisor/uuid")),
    bootId: async () => {
      const text = files.read("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
      const bootId = required(/^[0-9a-f-]{36}$/.exec(text)?.[0], "the kernel's boot id");
      if (detectVirtualization(files).kind !== "container") return bootId;
      // A container starts and stops while its host stays up: its first process stands for its boot.
      return `${bootId}-${required(parseProcessStart(files.read("/proc/1/stat") ?? ""), "/proc/1/stat")}`;
    },
  };
}
