import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFakeClock } from "../fake/fake-clock.ts";
import { createFileSystemProbe } from "../file-system-probe.ts";
import { collectInventory } from "../testing/collect-inventory.ts";
import { hostileText } from "../testing/hostile-text.ts";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { createLinuxInventory, parseOsRelease, readTimeZone } from "./linux-inventory.ts";
import { createSystemFiles } from "./system-files.ts";

const read = (name: string) => readFixture(import.meta.url, name);
const LAPTOP: Record<string, string> = {
  "/proc/2/comm": "kthreadd\n",
  "/proc/stat": read("stat.txt"),
  "/proc/meminfo": read("meminfo.txt"),
  "/proc/cpuinfo": read("cpuinfo.txt").replaceAll(" hypervisor ", " "),
  "/proc/self/mountinfo": read("mountinfo-laptop.txt"),
  "/proc/sys/kernel/osrelease": "6.1.0-18-amd64\n",
  "/etc/os-release": read("os-release.txt"),
  "/sys/class/dmi/id/sys_vendor": "LENOVO\n",
  "/sys/class/dmi/id/product_name": "20XW0026GE\n",
  "/sys/class/dmi/id/product_serial": "To Be Filled By O.E.M.\n",
  "/sys/class/dmi/id/chassis_type": "10\n",
  "/sys/class/power_supply/BAT0/type": "Battery\n",
  "/sys/dev/block/8:33": "-> /sys/devices/usb1/block/sdc/sdc1",
};

function inventoryOf(table: Record<string, string>) {
  const probe = createFileSystemProbe(
    () => Promise.resolve({ bsize: 4096, blocks: 1000, bfree: 400, bavail: 300 }),
    1_000,
  );
  const port = createLinuxInventory(createMemorySystemFiles(table), probe, createFakeClock());
  return collectInventory(port);
}

describe("linux inventory", () => {
  it("describes a laptop", async () => {
    const inventory = await inventoryOf(LAPTOP);
    expect(inventory).toMatchObject({
      os: {
        family: "linux",
        name: "Debian GNU/Linux 12 (bookworm)",
        version: "12",
        kernel: "6.1.0-18-amd64",
      },
      hardware: {
        manufacturer: "LENOVO",
        model: "20XW0026GE",
        chassis: "notebook",
        cpu: { model: "AMD EPYC", cores: 2, threads: 2 },
        hasBattery: true,
      },
      classGuess: "laptop",
    });
    expect(inventory.hardware.serial).toBeUndefined();
    expect(inventory.disks.filter(({ removable }) => removable).map(({ mount }) => mount)).toEqual([
      "/media/alice/My Stick",
    ]);
  });

  it("recognises a virtual machine by its maker and a container by its marker", async () => {
    const guest = await inventoryOf({ ...LAPTOP, "/sys/class/dmi/id/sys_vendor": "QEMU\n" });
    expect([guest.hardware.virtualization, guest.classGuess]).toEqual(["kvm", "vm"]);
    const container = await inventoryOf({ ...LAPTOP, "/proc/2/comm": "sh\n", "/run/.containerenv": "" });
    expect([container.hardware.virtualization, container.classGuess]).toEqual(["container", "vm"]);
  });

  it("fits the contract for hostile files", async () => {
    const table = fc.record(
      Object.fromEntries(Object.entries(LAPTOP).map(([path, text]) => [path, hostileText(text)])),
    );
    await fc.assert(
      fc.asyncProperty(table, async (hostile) => void (await inventoryOf(hostile))),
      { numRuns: 100 },
    );
  });
});

describe("parseOsRelease", () => {
  it("reads plain, quoted and escaped values, and skips the rest", () => {
    const text = `NAME=Fedora\n# note\nPRETTY_NAME="A \\"fine\\" one"\nVARIANT='it''s'\nbroken line\nVERSION_ID=39\r\n`;
    expect(Object.fromEntries(parseOsRelease(text))).toEqual({
      NAME: "Fedora",
      PRETTY_NAME: 'A "fine" one',
      VARIANT: "it''s",
      VERSION_ID: "39",
    });
  });
});

describe("readTimeZone", () => {
  it("reads the name that the system's link leads to", () => {
    const files = {
      ...createMemorySystemFiles({}),
      resolve: () => "/usr/share/zoneinfo/America/Argentina/Salta",
    };
    expect(readTimeZone(files)).toBe("America/Argentina/Salta");
  });

  it("reads the file of a system whose link is a copy", () => {
    expect(readTimeZone(createMemorySystemFiles({ "/etc/timezone": "Europe/Paris\n" }))).toBe("Europe/Paris");
    expect(readTimeZone(createMemorySystemFiles({ "/etc/timezone": "\n" }))).toBeUndefined();
  });

  it("gives this machine a zone that exists", () => {
    const zone = readTimeZone(createSystemFiles());
    expect(zone === undefined || new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "").toBe(
      true,
    );
  });
});
