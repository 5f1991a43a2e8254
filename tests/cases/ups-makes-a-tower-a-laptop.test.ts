import { describe, expect, it } from "vitest";
import { deriveClass, guessClass } from "../../desktop-agent/src/platform/guess-class.ts";
import { findBatteries } from "../../desktop-agent/src/platform/linux/read-battery.ts";
import { isRebootRequired } from "../../desktop-agent/src/platform/linux/linux-reboots.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";
import { CIM_SCRIPT } from "../../desktop-agent/src/platform/windows/cim-snapshot.ts";
import { watcherScript } from "../../desktop-agent/src/platform/windows/watcher.ts";

const hints = { chassis: undefined, virtualization: undefined, hasBattery: true, hasDesktop: true };

describe("the class of a machine with a battery", () => {
  it.each(["desktop", "mini tower", "tower", "mini PC", "all-in-one", "stick PC", "rack mount"])(
    "is desktop with the chassis %s: the battery belongs to a UPS",
    (chassis) => {
      expect(guessClass({ ...hints, chassis })).toBe("desktop");
    },
  );

  it.each(["rack mount", "blade", "server", "embedded"])("is server without a desktop in a %s", (chassis) => {
    expect(guessClass({ ...hints, chassis, hasDesktop: false })).toBe("server");
  });

  it("is laptop for a portable or unknown chassis", () => {
    for (const chassis of ["notebook", "convertible", "docking station", undefined]) {
      expect(guessClass({ ...hints, chassis })).toBe("laptop");
    }
  });

  it("includes the reason", () => {
    expect(deriveClass({ ...hints, chassis: "tower" })).toEqual({
      classGuess: "desktop",
      classReason: "stationary-chassis",
    });
    expect(deriveClass(hints).classReason).toBe("battery");
    expect(deriveClass({ ...hints, virtualization: "kvm" }).classReason).toBe("virtualization");
    expect(deriveClass({ ...hints, hasBattery: false }).classReason).toBe("desktop-session");
    expect(deriveClass({ ...hints, hasBattery: false, hasDesktop: false }).classReason).toBe("no-desktop");
  });
});

describe("the batteries of the machine", () => {
  const FOLDER = "/sys/class/power_supply";
  const found = (name: string, files: Record<string, string>, link?: string) =>
    findBatteries(
      createMemorySystemFiles({
        ...Object.fromEntries(
          Object.entries(files).map(([file, text]) => [`${FOLDER}/${name}/${file}`, `${text}\n`]),
        ),
        ...(link === undefined ? {} : { [`${FOLDER}/${name}`]: `-> ${link}` }),
      }),
    ).length;

  it.each<[string, Record<string, string>, string | undefined, number]>([
    ["of the firmware", { type: "Battery" }, "/sys/devices/LNXSYSTM:00/PNP0C0A:00/power_supply/BAT0", 1],
    [
      "of a tablet",
      { type: "Battery", scope: "System" },
      "/sys/devices/platform/i2c-1/power_supply/bq27500",
      1,
    ],
    ["a UPS", { type: "UPS" }, undefined, 0],
    ["a mouse with a scope", { type: "Battery", scope: "Device" }, undefined, 0],
    [
      "a mouse of an old kernel",
      { type: "Battery" },
      "/sys/devices/pci0000:00/usb1/1-2/0003:046D:C52B.0004/power_supply/hidpp_battery_0",
      0,
    ],
    [
      "a headset on Bluetooth",
      { type: "Battery" },
      "/sys/devices/virtual/misc/uhid/0005:054C:0CE6.0007/power_supply/x",
      0,
    ],
    ["an empty bay", { type: "Battery", present: "0" }, undefined, 0],
  ])("exclude peripherals: %s", (_, files, link, expected) => {
    expect(found("BAT0", files, link)).toBe(expected);
  });

  it("are queried on Windows without those on USB and Bluetooth", () => {
    for (const script of [CIM_SCRIPT, watcherScript(1)]) {
      expect(script).toContain("Win32_Battery | Where-Object { $_.PNPDeviceID -notmatch '^(HID|USB|BTH)' }");
    }
  });
});

describe("a remaining module folder", () => {
  const RUNNING = "6.1.0-18-amd64";
  const NEWER = "6.1.0-21-amd64";
  const ask = (...paths: string[]) =>
    isRebootRequired(
      createMemorySystemFiles({
        "/proc/sys/kernel/osrelease": `${RUNNING}\n`,
        [`/lib/modules/${RUNNING}/modules.dep`]: "",
        [`/lib/modules/${RUNNING}/modules.builtin`]: "",
        ...Object.fromEntries(paths.map((path) => [path, ""])),
      }),
    );

  it.each<[string, string[], boolean]>([
    ["modules that were built on the machine", [`/lib/modules/${NEWER}/updates/dkms/zfs.ko`], false],
    ["what depmod wrote", [`/lib/modules/${NEWER}/modules.dep`], false],
    [
      "everything but the image",
      [
        `/boot/vmlinuz-${RUNNING}`,
        `/lib/modules/${NEWER}/modules.dep`,
        `/lib/modules/${NEWER}/modules.builtin`,
      ],
      false,
    ],
    [
      "a kernel with its image",
      [`/boot/vmlinuz-${RUNNING}`, `/boot/vmlinuz-${NEWER}`, `/lib/modules/${NEWER}/x`],
      true,
    ],
    ["a kernel of Fedora", [`/lib/modules/${RUNNING}/vmlinuz`, `/lib/modules/${NEWER}/vmlinuz`], true],
    [
      "a kernel of a board whose images have no release in their names",
      [`/lib/modules/${NEWER}/modules.dep`, `/lib/modules/${NEWER}/modules.builtin`],
      true,
    ],
  ])("requires a reboot only with an installed kernel: %s", (_, paths, expected) => {
    expect(ask(...paths)).toBe(expected);
  });
});
