import { hypervisorVendor } from "../hypervisor-vendor.ts";
import type { SystemFiles } from "./system-files.ts";

export type Virtualization = { kind: "none" } | { kind: "container" } | { kind: "vm"; name: string };

/** Tells container, virtual machine and bare metal apart by files alone, in the order of systemd-detect-virt. */
export function detectVirtualization(files: SystemFiles): Virtualization {
  if (isContainer(files)) return { kind: "container" };
  const name = nameByDmi(files) ?? nameByKernel(files);
  return name === undefined ? { kind: "none" } : { kind: "vm", name };
}

// Where the kernel's own threads are seen, this is the machine's own process table: an image's marker file may have stayed
// behind in a virtual machine that was made from it.
function isContainer(files: SystemFiles): boolean {
  if (files.read("/proc/2/comm")?.trim() === "kthreadd") return false;
  const manager = files.read("/run/systemd/container") ?? files.read("/run/host/container-manager");
  if (manager !== undefined && manager.trim() !== "") return true;
  if (files.has("/run/.containerenv") || files.has("/.dockerenv")) return true;
  if (files.has("/proc/vz") && !files.has("/proc/bc")) return true;
  if (/(^|\0)container=./.test(files.read("/proc/1/environ") ?? "")) return true;
  return /\/(docker|kubepods|libpod|lxc|containerd|machine\.slice)\b/.test(
    files.read("/proc/1/cgroup") ?? "",
  );
}

function nameByDmi(files: SystemFiles): string | undefined {
  const names = ["sys_vendor", "product_name", "board_vendor", "bios_vendor"];
  return hypervisorVendor(names.map((name) => files.read(`/sys/class/dmi/id/${name}`)));
}

// Without DMI (Firecracker, small ARM guests) the kernel's clocks name the hypervisor; the processor flag only says there is one.
function nameByKernel(files: SystemFiles): string | undefined {
  if (files.read("/sys/hypervisor/type")?.trim() === "xen" && !isXenHost(files)) return "xen";
  if (/microsoft/i.test(files.read("/proc/sys/kernel/osrelease") ?? "")) return "wsl";
  const clocks = files.read("/sys/devices/system/clocksource/clocksource0/available_clocksource") ?? "";
  if (clocks.includes("kvm-clock")) return "kvm";
  if (clocks.includes("hyperv_clocksource")) return "hyperv";
  return /^flags\s*:.*\bhypervisor\b/m.test(files.read("/proc/cpuinfo") ?? "")
    ? "unknown hypervisor"
    : undefined;
}

function isXenHost(files: SystemFiles): boolean {
  return files.read("/proc/xen/capabilities")?.includes("control_d") ?? false;
}
