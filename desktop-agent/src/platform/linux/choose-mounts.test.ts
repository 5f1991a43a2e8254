import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { readFixture } from "../testing/read-fixture.ts";
import { chooseMounts } from "./choose-mounts.ts";
import { isRemovable } from "./is-removable.ts";
import { type Mount, parseMountinfo } from "./parse-mountinfo.ts";

const chosenIn = (name: string) => chooseMounts(parseMountinfo(readFixture(import.meta.url, name)));
const points = (mounts: readonly Mount[]) => mounts.map(({ mountPoint }) => mountPoint);

describe("chooseMounts", () => {
  it("counts each local writable file system of a laptop once, by its shortest mount", () => {
    expect(points(chosenIn("mountinfo-laptop.txt"))).toEqual([
      "/",
      "/boot",
      "/home",
      "/media/alice/My Stick",
    ]);
  });

  it("counts the root of a container and its volumes, but not the files of its engine", () => {
    expect(points(chosenIn("mountinfo-container.txt"))).toEqual(["/", "/data"]);
  });

  it("counts the one disk of a virtual machine", () => {
    expect(points(chosenIn("mountinfo-vm.txt"))).toEqual(["/"]);
  });
});

describe("isRemovable", () => {
  const [root, , , stick] = chosenIn("mountinfo-laptop.txt");

  it("recognises a USB stick by the flag of the disk above its partition", () => {
    const files = createMemorySystemFiles({
      "/sys/dev/block/8:33": "-> /sys/devices/pci0000:00/block/sdc/sdc1",
      "/sys/devices/pci0000:00/block/sdc/removable": "1\n",
    });
    expect(stick && isRemovable(files, stick)).toBe(true);
  });

  it("looks through a mapped volume at the disk below it", () => {
    const mapped: Mount = {
      device: "253:5",
      root: "/",
      mountPoint: "/secret",
      type: "ext4",
      source: "/dev/mapper/luks",
      isReadOnly: false,
    };
    const files = createMemorySystemFiles({
      "/sys/dev/block/253:5": "-> /sys/devices/virtual/block/dm-5",
      "/sys/devices/virtual/block/dm-5/slaves/sdc1": "",
      "/sys/class/block/sdc1": "-> /sys/devices/pci0000:00/usb1/1-2/block/sdc/sdc1",
    });
    expect(isRemovable(files, mapped)).toBe(true);
  });

  it("never treats the root as removable, so that a machine that boots from a USB stick has a disk", () => {
    expect(
      root && isRemovable(createMemorySystemFiles({ "/sys/dev/block/253:1": "-> /sys/usb1/x" }), root),
    ).toBe(false);
  });
});
