import { cleanLine } from "./clean-line.ts";

/** File systems that are neither measured nor reported as faulty. The inventory still lists them. */
export type MountExclusions = {
  isExcluded(mount: string): boolean;
  /** Whether the configuration of this machine excludes it, whatever the server decided. */
  isExcludedHere(mount: string): boolean;
  /** Replaces the mount points that the server excludes. */
  setServerMounts(mounts: readonly string[]): void;
};

const MAX_MOUNT_LENGTH = 400;

/**
 * @param patterns of this machine's configuration: mount points, or beginnings that end with `*`, which stands for at least one
 * character, so that "/*" leaves the root. Drive letters match in upper and lower case.
 */
export function createMountExclusions(patterns: readonly string[] = []): MountExclusions {
  let serverMounts: ReadonlySet<string> = new Set();
  const isExcludedHere = (mount: string) => patterns.some((pattern) => matches(pattern, mount));
  return {
    isExcludedHere,
    // The server knows a mount point by the cleaned text that the inventory has.
    isExcluded: (mount) =>
      isExcludedHere(mount) || serverMounts.has(cleanLine(mount, MAX_MOUNT_LENGTH) ?? mount),
    setServerMounts(mounts) {
      serverMounts = new Set(mounts);
    },
  };
}

function matches(pattern: string, mount: string): boolean {
  const [name, asked] = isOnWindows(pattern) ? [fold(mount), fold(pattern)] : [mount, pattern];
  if (!asked.endsWith("*")) return withoutSlash(name) === withoutSlash(asked);
  const beginning = asked.slice(0, -1);
  return name.length > beginning.length && name.startsWith(beginning);
}

const isOnWindows = (pattern: string) => /^[A-Za-z]:/.test(pattern);
const fold = (text: string) => text.replaceAll("/", "\\").toLowerCase();

/** "/data/" is "/data", and "D:\" is "D:". */
function withoutSlash(text: string): string {
  return text.length > 1 ? text.replace(/[\\/]$/, "") : text;
}
