import { describe, expect, it } from "vitest";
import { createMemorySystemFiles } from "../testing/memory-system-files.ts";
import { createLinuxRebootWarnings } from "./linux-reboot-warnings.ts";

const warnings = (table: Record<string, string>) =>
  createLinuxRebootWarnings(createMemorySystemFiles(table)).read(AbortSignal.timeout(1000));

/** The root file system of an installation by Debian's "guided, encrypted LVM": ext4 on LVM on LUKS on a partition. */
const LVM_ON_LUKS = {
  "/proc/self/mountinfo": "25 1 254:1 / / rw,relatime shared:1 - ext4 /dev/mapper/pc--vg-root rw\n",
  "/sys/dev/block/254:1": "-> /sys/devices/virtual/block/dm-1",
  "/sys/class/block/dm-1/dm/uuid": "LVM-2x8QKp\n",
  "/sys/class/block/dm-1/dm/name": "pc--vg-root\n",
  "/sys/class/block/dm-1/slaves/dm-0": "",
  "/sys/class/block/dm-0/dm/uuid": "CRYPT-LUKS2-3b6fd4e0-nvme0n1p3_crypt\n",
  "/sys/class/block/dm-0/dm/name": "nvme0n1p3_crypt\n",
  "/sys/class/block/dm-0/slaves/nvme0n1p3": "",
};
/** As Fedora makes it: btrfs, whose device number is its own, on LUKS. */
const BTRFS_ON_LUKS = {
  "/proc/self/mountinfo": "60 1 0:32 /root / rw,relatime shared:1 - btrfs /dev/mapper/luks-3b6f rw\n",
  "/dev/mapper/luks-3b6f": "-> /dev/dm-0",
  "/sys/class/block/dm-0/dm/uuid": "CRYPT-LUKS2-3b6f-luks-3b6f\n",
  "/sys/class/block/dm-0/dm/name": "luks-3b6f\n",
};
const crypttab = (line: string) => ({ ...LVM_ON_LUKS, "/etc/crypttab": `# <name> <device>\n\n${line}\n` });

describe("the password of a disk", () => {
  it.each([
    ["LVM on LUKS", crypttab("nvme0n1p3_crypt UUID=3b6fd4e0 none luks,discard,x-initrd.attach")],
    ["a line without key and options", crypttab("nvme0n1p3_crypt UUID=3b6fd4e0")],
    ["a key that has to be touched", crypttab("nvme0n1p3_crypt UUID=3b6fd4e0 - fido2-device=auto")],
    [
      "a password that is typed once",
      crypttab("nvme0n1p3_crypt /dev/sda3 main luks,keyscript=decrypt_keyctl"),
    ],
    ["btrfs on LUKS without a crypttab", BTRFS_ON_LUKS],
  ])("causes a warning: %s", async (_, table) => {
    expect(await warnings(table)).toEqual(["disk-password"]);
  });

  it.each([
    ["a TPM", crypttab("nvme0n1p3_crypt UUID=3b6fd4e0 none luks,tpm2-device=auto")],
    ["a file with the key", crypttab("nvme0n1p3_crypt UUID=3b6fd4e0 /etc/keys/root.key luks")],
    ["a script that gets the key", crypttab("nvme0n1p3_crypt UUID=3b6fd4e0 none luks,keyscript=/sbin/fetch")],
    [
      "no encryption",
      {
        "/proc/self/mountinfo": "25 1 8:1 / / rw - ext4 /dev/sda1 rw\n",
        "/sys/dev/block/8:1": "-> /sys/devices/pci/block/sda/sda1",
        "/etc/crypttab": "data UUID=1 none luks\n",
      },
    ],
    ["a container", { "/proc/self/mountinfo": "25 1 0:50 / / rw - overlay overlay rw\n" }],
    ["nothing that can be read", {}],
  ])("causes no warning: %s", async (_, table) => {
    expect(await warnings(table)).toEqual([]);
  });
});

describe("a running package manager", () => {
  const dpkg = { "/var/lib/dpkg/lock-frontend": "inode 131090", "/var/lib/dpkg/lock": "inode 131091" };
  const locks = (text: string) => ({ ...dpkg, "/proc/locks": text });

  it("is detected by the lock that it holds", async () => {
    const held =
      "1: FLOCK  ADVISORY  WRITE 312 00:1b:44 0 EOF\n2: POSIX  ADVISORY  WRITE 812 08:01:131090 0 EOF\n";
    expect(await warnings(locks(held))).toEqual(["package-manager"]);
  });

  it("is detected by pacman's file, and by rpm's lock", async () => {
    expect(await warnings({ "/var/lib/pacman/db.lck": "" })).toEqual(["package-manager"]);
    const rpm = { "/var/lib/rpm/.rpm.lock": "inode 77" };
    expect(await warnings({ ...rpm, "/proc/locks": "7: POSIX  ADVISORY  WRITE 9 fd:00:77 0 EOF\n" })).toEqual(
      ["package-manager"],
    );
  });

  it("is not detected by locks of other files, read locks or waiting locks", async () => {
    const others =
      "1: POSIX  ADVISORY  WRITE 812 08:01:13109 0 EOF\n2: POSIX  ADVISORY  READ 812 08:01:131090 0 EOF\n" +
      "3: -> POSIX  ADVISORY  WRITE 813 08:01:131091 0 EOF\n";
    expect(await warnings(locks(others))).toEqual([]);
  });
});
