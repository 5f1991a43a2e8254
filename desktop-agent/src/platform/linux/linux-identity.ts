import { required } from "../reading-values.ts";
import { NoMachineIdError } from "../stored-machine-id.ts";
import { meaningfulUuid } from "../meaningful-uuid.ts";
import type { IdentityPort } from "../ports.ts";
import { detectVirtualization } from "./detect-virtualization.ts";
import { parseProcessStart } from "./parse-process-start.ts";
import type { SystemFiles } from "./system-files.ts";

// The path of D-Bus is used when the first file is empty, as in images of containers.
const MACHINE_ID_FILES = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

export function createLinuxIdentity(files: SystemFiles): IdentityPort {
  return {
    machineId: async () => {
      for (const path of MACHINE_ID_FILES) {
        const id = parseMachineId(files.read(path));
        if (id !== undefined) return id;
      }
      throw new NoMachineIdError(
        "This system has no machine id: /etc/machine-id and /var/lib/dbus/machine-id are absent or empty. Run `systemd-machine-id-setup` or `dbus-uuidgen --ensure=/etc/machine-id`.",
      );
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

// "uninitialized" in an image that was never started; zeros are no id either.
function parseMachineId(text: string | undefined): string | undefined {
  const id = text?.trim().toLowerCase().replaceAll("-", "") ?? "";
  return /^[0-9a-f]{32}$/.test(id) && !/^(.)\1*$/.test(id) ? id : undefined;
}
