import { describe, expect, it } from "vitest";
import { parseMountinfo } from "./parse-mountinfo.ts";
import { createReadOnlyMounts } from "./read-only-mounts.ts";

const line = (point: string, type: string, own: string, whole: string, device = "8:2") =>
  `22 1 ${device} / ${point} ${own} - ${type} /dev/sda2 ${whole}`;
const pointsOf = (text: string, fstab?: string, find = createReadOnlyMounts()) =>
  find(parseMountinfo(text), fstab).map(({ mountPoint }) => mountPoint);

describe("a file system that turned read-only", () => {
  it("is reported when it is the root, by either word of the kernel", () => {
    expect(pointsOf(line("/", "ext4", "ro,relatime", "ro,errors=remount-ro"))).toEqual(["/"]);
    expect(pointsOf(line("/", "btrfs", "ro,relatime", "ro,space_cache=v2"))).toEqual(["/"]);
    expect(pointsOf(line("/", "ext4", "rw,relatime", "rw,emergency_ro,errors=remount-ro"))).toEqual(["/"]);
  });

  it("is reported elsewhere when it was writable before", () => {
    const find = createReadOnlyMounts();
    const root = line("/", "ext4", "rw", "rw");
    expect(pointsOf(`${root}\n${line("/srv", "xfs", "rw", "rw", "8:3")}`, undefined, find)).toEqual([]);
    expect(pointsOf(`${root}\n${line("/srv", "xfs", "ro", "ro", "8:3")}`, undefined, find)).toEqual(["/srv"]);
    expect(pointsOf(`${root}\n${line("/other", "xfs", "ro", "ro", "8:4")}`, undefined, find)).toEqual([]);
  });

  it("is not reported for a root that is read-only on purpose or by nature", () => {
    const byFstab = "# root\nUUID=1 / btrfs ro,noatime 0 0\n";
    expect(pointsOf(line("/", "btrfs", "ro", "ro"), byFstab)).toEqual([]);
    expect(
      pointsOf(line("/", "ext4", "ro", "ro"), "#UUID=1 / ext4 ro 0 1\nUUID=1 / ext4 defaults 0 1"),
    ).toEqual(["/"]);
    for (const type of ["overlay", "squashfs", "erofs"])
      expect(pointsOf(line("/", type, "ro", "ro"))).toEqual([]);
  });

  it("is not reported for a read-only view of a writable one, as in the sandbox of a service", () => {
    expect(pointsOf(line("/", "ext4", "ro,relatime", "rw,errors=remount-ro"))).toEqual([]);
  });
});
