import type { SystemFiles } from "./system-files.ts";

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
export function isPackageManagerBusy(files: SystemFiles): boolean {
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
