import os from "node:os";
import { chassisName } from "../chassis-name.ts";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { deriveClass } from "../guess-class.ts";
import { hypervisorVendor } from "../hypervisor-vendor.ts";
import { meaningfulText } from "../meaningful-text.ts";
import { readNetworkInterfaces } from "../network-interfaces.ts";
import type { Clock, InventoryPort } from "../ports.ts";
import { createRouteSource } from "../route-source.ts";
import { createSteadyInstant } from "../steady-instant.ts";
import { type CimSnapshot, fixedDrives } from "./cim-snapshot.ts";

export function createWindowsInventory(
  snapshot: () => Promise<CimSnapshot>,
  clock: Clock,
  probe: FileSystemProbe,
): InventoryPort {
  const bootedAt = createSteadyInstant();
  const routes = createRouteSource();
  return {
    routeTo: routes.routeTo,
    async read(signal) {
      const cim = await snapshot();
      const manufacturer = meaningfulText(cim.manufacturer);
      const model = meaningfulText(cim.model);
      const virtualization = hypervisorVendor([manufacturer, model]);
      const enclosures = cim.chassis.flatMap((type) => chassisName(type) ?? []);
      // A laptop in its dock is two enclosures.
      const chassis = enclosures.find((word) => word !== "docking station") ?? enclosures[0];
      const { hasBattery } = cim;
      const { readings } = await probe.measure(fixedDrives(cim), signal);
      const threads = cim.threads || os.cpus().length || 1;
      return {
        hostname: os.hostname(),
        os: {
          family: "windows",
          name: meaningfulText(cim.caption) ?? "Windows",
          version: cim.version,
          build: cim.build,
          kernel: os.release(),
          arch: os.arch(),
        },
        hardware: {
          manufacturer,
          model,
          serial: meaningfulText(cim.serial),
          virtualization,
          chassis,
          cpu: {
            model: meaningfulText(cim.cpu) ?? os.cpus()[0]?.model ?? "unknown",
            cores: cim.cores || threads,
            threads,
          },
          memoryBytes: os.totalmem(),
          hasBattery,
        },
        // A server edition is a server in whatever case, and whatever hangs on it.
        ...deriveClass(
          cim.isServer
            ? { chassis: undefined, virtualization, hasBattery: false, hasDesktop: false }
            : { chassis, virtualization, hasBattery, hasDesktop: true },
        ),
        disks: readings.map(({ mount, type, sizeBytes }) => ({ mount, type, sizeBytes, removable: false })),
        networkInterfaces: readNetworkInterfaces({
          isHardware: (name) => cim.adapters.includes(name),
          inUse: await routes.addressesInUse(),
        }),
        bootedAt: bootedAt(cim.bootedAtMs || clock.wallMs() - clock.sinceBootMs()),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      };
    },
  };
}
