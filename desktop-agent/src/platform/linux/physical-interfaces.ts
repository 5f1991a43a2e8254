import type { SystemFiles } from "./system-files.ts";

const NEVER_TRAFFIC = /^(lo|ifb\d|dummy\d|sit\d|tunl\d|gre|ip6|teql|nlmon)/;

/**
 * Names of the interfaces whose traffic is the machine's own. Bridges, tunnels, bonds and the ends of containers carry the same
 * bytes once more, so only interfaces with a device count; a container has none of these and counts all but loopback.
 */
export function physicalInterfaces(files: SystemFiles, names: readonly string[]): Set<string> {
  const physical = names.filter((name) => isName(name) && files.has(`/sys/class/net/${name}/device`));
  return new Set(physical.length > 0 ? physical : names.filter((name) => !NEVER_TRAFFIC.test(name)));
}

// The name becomes part of a path, and the kernel allows more in names than a path should hold.
function isName(name: string): boolean {
  return /^[\w.:@-]{1,15}$/.test(name) && !name.startsWith(".");
}
