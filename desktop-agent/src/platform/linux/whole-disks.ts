import type { SystemFiles } from "./system-files.ts";

/**
 * Those of `names` that are whole disks. Partitions are not listed in /sys/block; volumes made of disks, loops and memory disks
 * have no device behind them and would count the same bytes twice.
 */
export function wholeDisks(files: SystemFiles, names: readonly string[]): Set<string> {
  return new Set(names.filter((name) => isName(name) && files.has(`/sys/block/${name}/device`)));
}

function isName(name: string): boolean {
  return /^[\w!-]{1,64}$/.test(name);
}
