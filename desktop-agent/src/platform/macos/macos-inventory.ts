import os from "node:os";
import { parseCount } from "../reading-values.ts";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { deriveClass } from "../guess-class.ts";
import { hypervisorVendor } from "../hypervisor-vendor.ts";
import { readNetworkInterfaces } from "../network-interfaces.ts";
import type { Clock, InventoryPort } from "../ports.ts";
import type { RunCommand } from "../run-command.ts";
import { createRouteSource } from "../route-source.ts";
import { createSteadyInstant } from "../steady-instant.ts";
import { parseIoregText } from "./parse-ioreg.ts";
import type { MacMount } from "./parse-mount.ts";
import { parsePmsetBatt } from "./parse-pmset-batt.ts";

const LIMIT_MS = 10_000;
const HARDWARE_INTERFACES = /^en\d/;
const SYSTEM_INTERFACES = /^(awdl|llw|utun|ap|anpi|gif|stf)\d/;

export function createMacosInventory(
  run: RunCommand,
  clock: Clock,
  probe: FileSystemProbe,
  mounts: () => Promise<MacMount[]>,
): InventoryPort {
  const bootedAt = createSteadyInstant();
  const routes = createRouteSource();
  return {
    routeTo: routes.routeTo,
    async read(signal) {
      const ask = async (file: string, args: readonly string[]) => {
        const result = await run(file, args, { timeoutMs: LIMIT_MS, signal });
        return result.kind === "exited" && result.code === 0 ? result.stdout : "";
      };
      const sysctl = async (name: string) =>
        (await ask("/usr/sbin/sysctl", ["-n", name])).trim() || undefined;
      const model = await sysctl("hw.model");
      const isVirtual = (await sysctl("kern.hv_vmm_present")) === "1";
      const virtualization = isVirtual ? (hypervisorVendor([model]) ?? "unknown hypervisor") : undefined;
      const hasBattery = parsePmsetBatt(await ask("/usr/bin/pmset", ["-g", "batt"])) !== null;
      const seconds = parseCount(/sec = (\d+)/.exec((await sysctl("kern.boottime")) ?? "")?.[1]);
      const version = await sysctl("kern.osproductversion");
      const platform = await ask("/usr/sbin/ioreg", ["-rd1", "-c", "IOPlatformExpertDevice"]);
      return {
        hostname: os.hostname(),
        os: {
          family: "macos",
          name: version === undefined ? "macOS" : `macOS ${version}`,
          version,
          build: await sysctl("kern.osversion"),
          kernel: os.release(),
          arch: os.arch(),
        },
        hardware: {
          manufacturer: "Apple Inc.",
          model,
          serial: parseIoregText(platform, "IOPlatformSerialNumber"),
          virtualization,
          chassis: chassisOf(model),
          cpu: {
            model: (await sysctl("machdep.cpu.brand_string")) ?? os.cpus()[0]?.model ?? "unknown",
            cores: parseCount(await sysctl("hw.physicalcpu")) || os.cpus().length || 1,
            threads: os.cpus().length || 1,
          },
          memoryBytes: os.totalmem(),
          hasBattery,
        },
        ...deriveClass({ chassis: chassisOf(model), virtualization, hasBattery, hasDesktop: true }),
        disks: await listDisks(probe, await mounts(), signal),
        networkInterfaces: readNetworkInterfaces({
          isListed: (name) => !SYSTEM_INTERFACES.test(name),
          isHardware: (name) => HARDWARE_INTERFACES.test(name),
          inUse: await routes.addressesInUse(),
        }),
        bootedAt: bootedAt(seconds === undefined ? clock.wallMs() - clock.sinceBootMs() : seconds * 1000),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      };
    },
  };
}

// Newer models are all called "Mac" with a number, which does not identify the chassis.
function chassisOf(model: string | undefined): string | undefined {
  if (model?.startsWith("MacBook")) return "laptop";
  if (model?.startsWith("iMac")) return "all-in-one";
  if (model?.startsWith("Macmini")) return "mini PC";
  return model?.startsWith("MacPro") ? "tower" : undefined;
}

async function listDisks(probe: FileSystemProbe, mounts: readonly MacMount[], signal: AbortSignal) {
  const { readings } = await probe.measure(
    mounts.map(({ mountPoint, type }) => ({ mount: mountPoint, type })),
    signal,
  );
  return readings.map(({ mount, type, sizeBytes }) => ({
    mount,
    type,
    sizeBytes,
    device: mounts.find(({ mountPoint }) => mountPoint === mount)?.source,
    removable: false,
  }));
}
