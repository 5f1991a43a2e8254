import { describe, expect, it } from "vitest";
import { attentionOf } from "@muster/shared/health/attention.ts";
import { createFileSystemsCollector } from "../../desktop-agent/src/collectors/file-systems.collector.ts";
import { createMountExclusions } from "../../desktop-agent/src/collectors/mount-exclusions.ts";
import { createFileSystemProbe } from "../../desktop-agent/src/platform/file-system-probe.ts";
import { createLinuxMetrics } from "../../desktop-agent/src/platform/linux/linux-metrics.ts";
import { createMemorySystemFiles } from "../../desktop-agent/src/platform/testing/memory-system-files.ts";
import {
  type CimSnapshot,
  measuredDrives,
  parseCimSnapshot,
} from "../../desktop-agent/src/platform/windows/cim-snapshot.ts";

const levelOf = (diskUsedPercent: number | undefined, diskFreeBytes: number | undefined) =>
  attentionOf({
    held: null,
    diskUsedPercent,
    diskFreeBytes,
    isAbsent: false,
    isCloneSuspected: false,
    isApprovalPending: false,
  }).level;
const sizes = (mebibytes: number, used: number) => ({
  bsize: 4096,
  blocks: mebibytes * 256,
  bfree: (mebibytes - used) * 256,
  bavail: (mebibytes - used) * 256,
});

/** What is shown of a machine whose root of 60 GB is filled by `rootUsed` MiB, beside another mount. */
async function shownOf(mount: string, type: string, mebibytes: number, used: number, rootUsed = 18_000) {
  const probe = createFileSystemProbe(
    async (asked) => (asked === "/" ? sizes(60_000, rootUsed) : sizes(mebibytes, used)),
    1_000,
  );
  const files = createMemorySystemFiles({
    "/proc/self/mountinfo": `22 1 8:2 / / rw - ext4 /dev/sda2 rw\n30 22 8:1 / ${mount} rw - ${type} /dev/sda1 rw\n`,
  });
  const collector = createFileSystemsCollector(createLinuxMetrics(files, probe));
  const result = await collector.collect(new AbortController().signal);
  if (result.kind !== "value") throw new Error(result.reason);
  const { metrics, facts } = result.value;
  return { mount: facts?.diskMount, disk: metrics?.disk, level: levelOf(metrics?.disk, metrics?.diskFree) };
}

describe("a partition that is full by design", () => {
  it.each<[string, string, number, number]>([
    ["/boot", "ext4", 488, 400],
    ["/boot", "vfat", 127, 123],
    ["/boot/firmware", "vfat", 504, 490],
    ["/efi", "vfat", 96, 95],
    ["/recovery", "vfat", 4_000, 3_950],
    ["/oem", "btrfs", 128, 126],
    ["/usr/share/oem", "ext4", 128, 126],
    ["/media/alice/RECOVERY", "ntfs3", 15_000, 14_800],
    ["/mnt/recovery", "ext4", 8_000, 7_900],
    ["/snap/core/1", "squashfs", 60, 60],
    ["/mnt/iso", "iso9660", 700, 700],
  ])("does not raise attention or hide the root: %s on %s", async (mount, type, mebibytes, used) => {
    expect(await shownOf(mount, type, mebibytes, used)).toEqual({ mount: "/", disk: 30, level: "none" });
    const full = await shownOf(mount, type, mebibytes, used, 58_500);
    expect(full).toMatchObject({ mount: "/", level: "critical" });
  });

  it("does not include small partitions with users' files", async () => {
    expect(await shownOf("/home", "ext4", 900, 890)).toMatchObject({ mount: "/home", level: "critical" });
    expect(await shownOf("/bootstrap", "ext4", 20_000, 19_900)).toMatchObject({ mount: "/bootstrap" });
  });

  it("is not critical with less than 2 GB free when it is hardly larger than 2 GB", () => {
    expect(levelOf(82, 88e6)).toBe("none");
    expect(levelOf(80, 0.8e9)).toBe("none");
    expect(levelOf(96, 20e6)).toBe("critical");
    expect(levelOf(90, 1.9e9)).toBe("critical");
  });
});

describe("a file system that is excluded", () => {
  const mountinfo =
    "22 1 8:2 / / rw - ext4 /dev/sda2 rw\n23 22 8:3 / /mnt/backup rw - xfs /dev/sda3 rw\n24 22 8:4 / /mnt/dead ro - ext4 /dev/sda4 ro\n";

  it.each([
    ["by the configuration of the device", ["/mnt/*"], []],
    ["by the server", [], ["/mnt/backup", "/mnt/dead"]],
  ])("is neither measured nor a fault, %s", async (_, patterns, serverMounts) => {
    const asked: string[] = [];
    const probe = createFileSystemProbe(async (mount) => {
      asked.push(mount);
      return sizes(60_000, mount === "/" ? 18_000 : 59_990);
    }, 1_000);
    const table = { "/proc/self/mountinfo": mountinfo.replaceAll(" ro", " rw") };
    const metrics = createLinuxMetrics(createMemorySystemFiles(table), probe);
    const exclusions = createMountExclusions(patterns);
    exclusions.setServerMounts(serverMounts);
    const collector = createFileSystemsCollector(metrics, exclusions);
    const signal = new AbortController().signal;
    await collector.collect(signal);
    table["/proc/self/mountinfo"] = mountinfo;
    const result = await collector.collect(signal);
    expect(result).toMatchObject({ value: { metrics: { disk: 30 }, facts: { diskMount: "/" } } });
    expect(result.kind === "value" && result.value.facts?.faults).toBeUndefined();
    expect(new Set(asked)).toEqual(new Set(["/"]));
    const all = await createFileSystemsCollector(metrics).collect(signal);
    const fault = { kind: "read-only-mount", subject: "/mnt/dead" };
    expect(all).toMatchObject({ value: { facts: { diskMount: "/mnt/dead", faults: [fault] } } });
  });
});

describe("on Windows", () => {
  const drive = (id: string, label: string, gigabytes: number) => ({
    id: `${id}:`,
    type: "NTFS",
    isFixed: true,
    label,
    sizeBytes: gigabytes * 1e9,
  });
  const measuredOf = (...drives: object[]) => {
    const snapshot: CimSnapshot | undefined = parseCimSnapshot(JSON.stringify({ systemDrive: "C:", drives }));
    return snapshot === undefined ? [] : measuredDrives(snapshot).map(({ mount }) => mount);
  };

  it.each([
    ["RECOVERY", 12],
    ["Wiederherstellung", 15],
    ["HP_RECOVERY", 13],
    ["Recuperación", 20],
    ["Récupération", 20],
    ["Восстановление", 20],
    ["System-reserviert", 0.5],
    ["", 0.1],
  ])("ignores a partition of the manufacturer: %s of %d GB", (label, gigabytes) => {
    expect(measuredOf(drive("C", "Windows", 250), drive("D", label, gigabytes))).toEqual(["C:\\"]);
  });

  it("counts the system drive whatever its label, and data drives", () => {
    expect(measuredOf(drive("C", "Recovery", 64), drive("D", "Data", 500), drive("E", "", 100))).toEqual([
      "C:\\",
      "D:\\",
      "E:\\",
    ]);
  });

  it("counts a drive when Windows reports no label and size", () => {
    expect(measuredOf({ id: "D:", type: "NTFS", isFixed: true })).toEqual(["D:\\"]);
  });
});
