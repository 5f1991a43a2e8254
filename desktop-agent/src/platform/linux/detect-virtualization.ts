import { hypervisorVendor } from "../hypervisor-vendor.ts";
import { parseMountinfo } from "./parse-mountinfo.ts";
import type { SystemFiles } from "./system-files.ts";

export type Virtualization = { kind: "none" } | { kind: "container" } | { kind: "vm"; name: string };

/** Distinguishes containers, virtual machines and bare metal by files alone, in the order of systemd-detect-virt. */
export function detectVirtualization(files: SystemFiles): Virtualization {
  if (isContainer(files)) return { kind: "container" };
  const name = nameByDmi(files) ?? nameByKernel(files);
  return name === undefined ? { kind: "none" } : { kind: "vm", name };
}

/** Whether kernel threads are visible: then /proc describes the machine and not a container. */
export function seesKernelThreads(files: SystemFiles): boolean {
  return files.read("/proc/2/comm")?.trim() === "kthreadd";
}

/** Whether lxcfs provides this file of /proc, so that it describes the container. */
export function isProvidedByLxcfs(files: SystemFiles, path: string): boolean {
  return mountsOf(files).some(({ type, mountPoint }) => type === "fuse.lxcfs" && mountPoint === path);
}

// A virtual machine that was made from a container image may still have its marker file, but shows kernel threads.
function isContainer(files: SystemFiles): boolean {
  if (seesKernelThreads(files)) return false;
  return (
    hasMarker(files) || hasContainerEnvironment(files) || hasContainerMounts(files) || isNamespaced(files)
  );
}

const MARKERS = [
  "/run/.containerenv",
  "/.dockerenv",
  "/var/run/secrets/kubernetes.io",
  "/run/secrets/kubernetes.io",
  "/dev/.lxc",
  "/dev/lxd/sock",
  "/dev/incus/sock",
];

function hasMarker(files: SystemFiles): boolean {
  const manager = files.read("/run/systemd/container") ?? files.read("/run/host/container-manager");
  if (manager !== undefined && manager.trim() !== "") return true;
  if (MARKERS.some((path) => files.has(path))) return true;
  return files.has("/proc/vz") && !files.has("/proc/bc");
}

// With control groups of version 2 the path is "/" in a container; only version 1 names the engine.
function hasContainerEnvironment(files: SystemFiles): boolean {
  const environment = `${files.read("/proc/1/environ") ?? ""}\0${files.read("/proc/self/environ") ?? ""}`;
  if (/(^|\0)(container|KUBERNETES_SERVICE_HOST|ECS_CONTAINER_METADATA_URI(_V4)?)=./.test(environment)) {
    return true;
  }
  return /\/(docker|kubepods|libpod|lxc|containerd|cri-containerd|crio|garden|buildkit|machine\.slice)\b/.test(
    files.read("/proc/1/cgroup") ?? "",
  );
}

// Engines mount the image's layers as the root and their own files over some files of the image.
const ENGINE_FILES = new Set(["/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/dev/termination-log"]);

function hasContainerMounts(files: SystemFiles): boolean {
  return mountsOf(files).some(
    ({ type, mountPoint }) =>
      (mountPoint === "/" && /^(overlay|fuse\.fuse-overlayfs|aufs|shiftfs)$/.test(type)) ||
      // A host of LXC has lxcfs mounted at /var/lib/lxcfs.
      (type === "fuse.lxcfs" && mountPoint.startsWith("/proc/")) ||
      ENGINE_FILES.has(mountPoint),
  );
}

// The inode of the initial PID namespace (PROC_PID_INIT_INO).
const FIRST_PROCESS_NAMESPACE = 0xeffffffc;

// Each WSL distribution has its own PID namespace in one virtual machine.
function isNamespaced(files: SystemFiles): boolean {
  const namespace = files.inodeOf("/proc/self/ns/pid");
  return namespace !== undefined && namespace !== FIRST_PROCESS_NAMESPACE && !isWsl(files);
}

function mountsOf(files: SystemFiles) {
  return parseMountinfo(files.read("/proc/self/mountinfo") ?? files.read("/proc/1/mountinfo") ?? "");
}

function nameByDmi(files: SystemFiles): string | undefined {
  const names = ["sys_vendor", "product_name", "board_vendor", "bios_vendor"];
  return hypervisorVendor(names.map((name) => files.read(`/sys/class/dmi/id/${name}`)));
}

// Without DMI (Firecracker, small ARM guests) the clock sources name the hypervisor; the CPU flag only shows that there is one.
function nameByKernel(files: SystemFiles): string | undefined {
  // The Xen host (dom0) runs on the hypervisor too, but is the physical machine.
  if (isXenHost(files)) return undefined;
  if (files.read("/sys/hypervisor/type")?.trim() === "xen") return "xen";
  if (isWsl(files)) return "wsl";
  const clocks = files.read("/sys/devices/system/clocksource/clocksource0/available_clocksource") ?? "";
  if (clocks.includes("kvm-clock")) return "kvm";
  if (clocks.includes("hyperv_clocksource")) return "hyperv";
  return /^flags\s*:.*\bhypervisor\b/m.test(files.read("/proc/cpuinfo") ?? "")
    ? "unknown hypervisor"
    : undefined;
}

function isWsl(files: SystemFiles): boolean {
  return /microsoft/i.test(files.read("/proc/sys/kernel/osrelease") ?? "");
}

// XENFEAT_dom0, available even when xenfs is not mounted.
const XEN_HOST_FEATURE = 1 << 11;

function isXenHost(files: SystemFiles): boolean {
  if (files.read("/proc/xen/capabilities")?.includes("control_d")) return true;
  const features = files.read("/sys/hypervisor/properties/features")?.trim() ?? "";
  return /^[0-9a-f]{1,8}$/i.test(features) && (Number.parseInt(features, 16) & XEN_HOST_FEATURE) !== 0;
}
