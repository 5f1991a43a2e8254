export type MacMount = { source: string; mountPoint: string; type: string; options: string[] };

/** Reads the list that `mount` prints: "/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)". */
export function parseMount(text: string): MacMount[] {
  return text.split("\n").flatMap((line) => {
    const match = /^(.+?) on (\/.*) \(([^()]*)\)$/.exec(line.trim());
    const [type, ...options] = match?.[3]?.split(", ") ?? [];
    if (match?.[1] === undefined || match[2] === undefined || type === undefined || type === "") return [];
    return [{ source: match[1], mountPoint: match[2], type, options }];
  });
}

const LOCAL_TYPES = new Set(["apfs", "hfs"]);

/**
 * The fixed local writable volumes, one for each container of APFS, whose volumes share their space. Mounts below /Volumes count as
 * removable: `mount` does not distinguish a USB stick or disk image from a second built-in disk.
 */
export function chooseMacMounts(mounts: readonly MacMount[]): MacMount[] {
  const chosen = new Map<string, MacMount>();
  for (const mount of mounts) {
    const isCounted = LOCAL_TYPES.has(mount.type) && mount.options.includes("local");
    if (!isCounted || mount.options.includes("read-only") || isRemovable(mount)) continue;
    const disk = /^\/dev\/(disk\d+)/.exec(mount.source)?.[1] ?? mount.source;
    const rival = chosen.get(disk);
    if (rival === undefined || rank(mount) < rank(rival)) chosen.set(disk, mount);
  }
  return [...chosen.values()];
}

function isRemovable({ mountPoint }: MacMount): boolean {
  return mountPoint.startsWith("/Volumes/");
}

// The Data volume represents its container; otherwise the shortest path.
function rank({ mountPoint }: MacMount): number {
  return mountPoint === "/System/Volumes/Data" ? 0 : mountPoint.length;
}
