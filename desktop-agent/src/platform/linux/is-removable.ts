import { basename, dirname } from "node:path";
import type { Mount } from "./parse-mountinfo.ts";
import type { SystemFiles } from "./system-files.ts";

const MAX_STACK_DEPTH = 4;

/** True when a file system lies on a disk that can be pulled out: a stick, a card, anything on USB. Never for the root. */
export function isRemovable(files: SystemFiles, { device, source, mountPoint }: Mount): boolean {
  if (mountPoint === "/") return false;
  const path =
    files.resolve(`/sys/dev/block/${device}`) ?? files.resolve(`/sys/class/block/${basename(source)}`);
  return path !== undefined && isDiskRemovable(files, path, MAX_STACK_DEPTH);
}

function isDiskRemovable(files: SystemFiles, path: string, depth: number): boolean {
  if (depth === 0) return false;
  // A partition has no flag of its own; its disk is the folder above.
  const flag = files.read(`${path}/removable`) ?? files.read(`${dirname(path)}/removable`);
  if (flag?.trim() === "1" || /\/usb\d+\//.test(path)) return true;
  return files.list(`${path}/slaves`).some((slave) => {
    const below = files.resolve(`/sys/class/block/${slave}`);
    return below !== undefined && isDiskRemovable(files, below, depth - 1);
  });
}
