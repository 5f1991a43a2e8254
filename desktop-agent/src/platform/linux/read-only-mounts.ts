import type { Mount } from "./parse-mountinfo.ts";

/** Mounts that should be writable and are not: the kernel remounts a file system read-only after errors of its disk. */
export type FindReadOnlyMounts = (mounts: readonly Mount[], fstab: string | undefined) => Mount[];

/** Their root is read-only by nature, as that of live systems and of images. */
const READ_ONLY_TYPES = new Set(["overlay", "squashfs", "erofs", "iso9660", "udf", "tmpfs", "ramfs"]);

/**
 * The root counts unless /etc/fstab mounts it read-only on purpose; any other mount counts when it was writable before, while this
 * agent ran. A read-only view of a writable file system, as the sandbox of a service has it, is none.
 */
export function createReadOnlyMounts(): FindReadOnlyMounts {
  const onceWritable = new Set<string>();
  return (mounts, fstab) => {
    for (const mount of mounts) if (!mount.isReadOnly) onceWritable.add(keyOf(mount));
    return mounts.filter((mount) => {
      if (!mount.isFileSystemReadOnly || READ_ONLY_TYPES.has(mount.type)) return false;
      if (onceWritable.has(keyOf(mount))) return true;
      return mount.mountPoint === "/" && !isReadOnlyByFstab("/", fstab ?? "");
    });
  };
}

const keyOf = ({ device, mountPoint }: Mount) => `${device} ${mountPoint}`;

function isReadOnlyByFstab(mountPoint: string, fstab: string): boolean {
  return fstab.split("\n").some((line) => {
    const [source, point, , options] = line.trim().split(/\s+/);
    if (source === undefined || source.startsWith("#") || point !== mountPoint) return false;
    return options?.split(",").includes("ro") ?? false;
  });
}
