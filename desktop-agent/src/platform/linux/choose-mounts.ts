import type { Mount } from "./parse-mountinfo.ts";

// By name of what counts, so that an unknown, network or pseudo type is never touched.
const LOCAL_TYPES = new Set([
  "ext2",
  "ext3",
  "ext4",
  "xfs",
  "btrfs",
  "zfs",
  "f2fs",
  "jfs",
  "nilfs2",
  "bcachefs",
  "reiserfs",
  "vfat",
  "exfat",
  "ntfs",
  "ntfs3",
  "fuseblk",
]);

// Files that container engines mount over the image: the disk below the container's root once more.
const CONTAINER_FILES = new Set(["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"]);

// The firmware's partition.
const FIRMWARE_MOUNTS = new Set(["/boot/efi", "/efi", "/boot/firmware"]);

// Partitions that are small and nearly full by design: of the firmware, the boot loader, kernels, the recovery and the maker.
const FULL_BY_DESIGN =
  /^\/(boot|efi|esp|recovery|oem)(\/|$)|^\/usr\/share\/oem$|^(\/run)?\/(media|mnt)\/(.*\/)?(efi|esp|boot|recovery|winre[^/]*|system[ _-]reserved|oem)$/i;

/**
 * The local writable file systems among mounts, each once: bind mounts share a device, subvolumes share a source. The root of a
 * container counts although it is an overlay; other overlays are containers' views of a disk that counts already.
 */
export function chooseMounts(mounts: readonly Mount[]): Mount[] {
  const chosen = new Map<string, Mount>();
  for (const mount of mounts.filter(isCounted)) {
    const key = mount.source.startsWith("/dev/") ? mount.source : `${mount.device} ${mount.source}`;
    const rival = chosen.get(key);
    if (rival === undefined || isPlainer(mount, rival)) chosen.set(key, mount);
  }
  return [...chosen.values()].toSorted((a, b) => a.mountPoint.length - b.mountPoint.length);
}

/** True for a mount that is small and full by design. Never for the root. */
export function isFullByDesign({ mountPoint }: Mount): boolean {
  return FULL_BY_DESIGN.test(mountPoint);
}

function isCounted({ type, mountPoint, source, isReadOnly }: Mount): boolean {
  if (isReadOnly || CONTAINER_FILES.has(mountPoint)) return false;
  if (type === "overlay") return mountPoint === "/";
  if (type === "vfat" && FIRMWARE_MOUNTS.has(mountPoint)) return false;
  return LOCAL_TYPES.has(type) && !/^\/dev\/(loop|ram|zram|sr|fd)\d/.test(source);
}

// The root is the plainest name; else a whole file system before a folder of it, then the shorter path.
function isPlainer(mount: Mount, rival: Mount): boolean {
  if (mount.mountPoint === "/" || rival.mountPoint === "/") return mount.mountPoint === "/";
  if ((mount.root === "/") !== (rival.root === "/")) return mount.root === "/";
  return mount.mountPoint.length < rival.mountPoint.length;
}
