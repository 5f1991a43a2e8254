/** One line of /proc/self/mountinfo. */
export type Mount = {
  /** "major:minor" of the file system, which bind mounts share. */
  device: string;
  /** Folder of the file system that is mounted; "/" unless it is a bind mount or a subvolume. */
  root: string;
  mountPoint: string;
  type: string;
  source: string;
  isReadOnly: boolean;
  /** The file system itself is read-only, and not only this view of it. */
  isFileSystemReadOnly?: boolean;
};

/** Reads /proc/self/mountinfo; lines that are cut short or garbled are left out. */
export function parseMountinfo(text: string): Mount[] {
  return text.split("\n").flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): Mount | undefined {
  const separator = line.indexOf(" - ");
  if (separator < 0) return undefined;
  const [, , device, root, mountPoint, options] = line.slice(0, separator).split(" ");
  const [type, source, superOptions] = line.slice(separator + 3).split(" ");
  if (device === undefined || !/^\d+:\d+$/.test(device)) return undefined;
  if (root === undefined || !mountPoint?.startsWith("/") || options === undefined) return undefined;
  if (type === undefined || source === undefined || superOptions === undefined) return undefined;
  return {
    device,
    root: unescape(root),
    mountPoint: unescape(mountPoint),
    type,
    source: unescape(source),
    isReadOnly: hasReadOnly(options) || hasReadOnly(superOptions),
    isFileSystemReadOnly: hasReadOnly(superOptions),
  };
}

function hasReadOnly(options: string): boolean {
  // Since Linux 6.15 ext4 says "emergency_ro" after an error, and keeps "rw".
  return options.split(",").some((option) => option === "ro" || option === "emergency_ro");
}

// The kernel writes space, tab, newline and backslash as three octal digits; bytes beyond ASCII stay as they are.
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
