import type { SystemFiles } from "./system-files.ts";

/**
 * The mounts as process 1 sees them: in the sandbox of a service all mounts are read-only, whatever the disks are. Our own mounts when
 * process 1 cannot be read or has another root.
 */
export function readMountinfo(files: SystemFiles): string | undefined {
  const own = files.read("/proc/self/mountinfo");
  const first = files.read("/proc/1/mountinfo");
  if (own === undefined || first === undefined) return own;
  return first === own || rootDevice(first) === rootDevice(own) ? first : own;
}

// Not by parsing all of it: this runs with each sample.
function rootDevice(mountinfo: string): string | undefined {
  return [...mountinfo.matchAll(/^\d+ \d+ (\d+:\d+) \S+ \/ /gm)].at(-1)?.[1];
}
