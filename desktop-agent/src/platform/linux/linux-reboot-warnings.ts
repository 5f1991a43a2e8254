import type { RebootWarningPort } from "../ports.ts";
import type { SystemFiles } from "./system-files.ts";
import { basename } from "node:path";
import { type Mount, parseMountinfo } from "./parse-mountinfo.ts";
import { readMountinfo } from "./read-mountinfo.ts";

export function createLinuxRebootWarnings(files: SystemFiles): RebootWarningPort {
  return {
    read: async () => [
      ...(asksDiskPassword(files) ? (["disk-password"] as const) : []),
      ...(isPackageManagerBusy(files) ? (["package-manager"] as const) : []),
    ],
  };
}

/** Volumes on volumes: encryption below LVM below RAID is three. */
const DEEPEST = 6;
// Methods that open a volume without a user. A FIDO key or smart card must be touched or unlocked.
const BY_ITSELF = /^(tpm2-device|keyscript)=/;
/** Caches a password that somebody typed. */
const ASKS_ALL_THE_SAME = "keyscript=decrypt_keyctl";

/** Whether somebody has to type a password at the machine before its root file system can be read. */
function asksDiskPassword(files: SystemFiles): boolean {
  const root = parseMountinfo(readMountinfo(files) ?? "").findLast(({ mountPoint }) => mountPoint === "/");
  const device = root && blockDevice(files, root);
  const volume = device && encryptedVolume(files, device, 0);
  return volume !== undefined && volume !== "" && asksFor(volume, files.read("/etc/crypttab") ?? "");
}

// A btrfs has a device number of its own that no disk has: there the source names the disk.
function blockDevice(files: SystemFiles, { device, source }: Mount): string | undefined {
  const found = files.resolve(`/sys/dev/block/${device}`) ?? files.resolve(source);
  return found && basename(found);
}

/** Name of the encrypted volume that the device lies on, undefined when it lies on none. */
function encryptedVolume(files: SystemFiles, device: string, depth: number): string | undefined {
  const folder = `/sys/class/block/${device}`;
  if (files.read(`${folder}/dm/uuid`)?.startsWith("CRYPT-")) return files.read(`${folder}/dm/name`)?.trim();
  if (depth === DEEPEST) return undefined;
  for (const below of files.list(`${folder}/slaves`)) {
    const volume = encryptedVolume(files, below, depth + 1);
    if (volume !== undefined) return volume;
  }
  return undefined;
}

/** The boot loader opened a volume that crypttab does not list: with a password. */
function asksFor(volume: string, crypttab: string): boolean {
  const line = crypttab
    .split("\n")
    .map((text) => text.trim().split(/\s+/))
    .find(([name]) => name === volume);
  const [, , keyFile = "none", options = ""] = line ?? [];
  if (keyFile !== "none" && keyFile !== "-" && !options.includes("keyscript=")) return false;
  const given = options.split(",");
  return given.includes(ASKS_ALL_THE_SAME) || !given.some((option) => BY_ITSELF.test(option));
}

/** Files that are locked while packages are changed: dpkg and apt, rpm in its two locations, zypper. */
const LOCKED = [
  "/var/lib/dpkg/lock-frontend",
  "/var/lib/dpkg/lock",
  "/var/lib/rpm/.rpm.lock",
  "/usr/lib/sysimage/rpm/.rpm.lock",
];
/** Files that are there while packages are changed. */
const PRESENT = ["/var/lib/pacman/db.lck"];

/**
 * Whether packages are being installed or removed. Process names do not show it: on some systems a helper of the package manager
 * always runs.
 */
function isPackageManagerBusy(files: SystemFiles): boolean {
  if (PRESENT.some((path) => files.has(path))) return true;
  const locked = lockedInodes(files.read("/proc/locks") ?? "");
  return LOCKED.some((path) => {
    const inode = files.inodeOf(path);
    return inode !== undefined && locked.has(inode);
  });
}

// "1: POSIX  ADVISORY  WRITE 812 08:01:131090 0 EOF"; one that waits for it has "->" after the number. The device is left out: on a
// btrfs it is another one than a file tells.
function lockedInodes(text: string): Set<number> {
  const holders = text.matchAll(/^\d+: (?:POSIX|FLOCK|OFDLCK) +\S+ +WRITE +-?\d+ +\S+?:\S+?:(\d+) /gm);
  return new Set([...holders].map(([, inode]) => Number(inode)));
}
