import type { Mount } from "./parse-mountinfo.ts";

// By name of what is counted, so that an unknown, network or pseudo type is never touched.
const LOCAL_TYPES = new Set([
  ...["ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "nilfs2", "bcachefs", "reiserfs", "ufs"],
  ...["vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "hfsplus", "apfs"],
]);

// Files that container engines mount over the image: the same disk as the container's root once more.
const CONTAINER_FILES = new Set(["/etc/hosts", "/etc/hostname", "/etc/resolv.conf"]);

/**
 * The local writable file systems among mounts, each once: bind mounts share a device, subvolumes share a source. The root
 * of a container counts although it is an overlay; overlays elsewhere are other containers' views of a disk that counts already.
 */
export function chooseMounts(mounts: readonly Mount[]): Mount[] {
  const chosen = new Map<string, Mount>();
  for (const mount of mounts) {
    if (!isLocal(mount) || mount.isReadOnly || CONTAINER_FILES.has(mount.mountPoint)) continue;
    const key = mount.source.startsWith("/dev/") ? mount.source : `${mount.device} ${mount.source}`;
    const rival = chosen.get(key);
    if (rival === undefined || isBetter(mount, rival)) chosen.set(key, mount);
  }
  return [...chosen.values()].sort((a, b) => a.mountPoint.length - b.mountPoint.length);
}

function isLocal({ type, mountPoint, source }: Mount): boolean {
  if (type === "overlay") return mountPoint === "/";
  return LOCAL_TYPES.has(type) && !source.startsWith("/dev/loop");
}

// A whole file system says more than a folder of it, a short path more than a long one.
function isBetter(mount: Mount, rival: Mount): boolean {
  if ((mount.root === "/") !== (rival.root === "/") && rival.mountPoint !== "/") return mount.root === "/";
  return mount.mountPoint.length < rival.mountPoint.length;
}
