import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { FileSystemProbe } from "../file-system-probe.ts";
import { chooseMounts } from "./choose-mounts.ts";
import { isRemovable } from "./is-removable.ts";
import { parseMountinfo } from "./parse-mountinfo.ts";
import { readMountinfo } from "./read-mountinfo.ts";
import type { SystemFiles } from "./system-files.ts";

/** The local writable file systems with their sizes, removable ones included. One that hangs is left out. */
export async function listDisks(
  files: SystemFiles,
  probe: FileSystemProbe,
  signal: AbortSignal,
): Promise<Inventory["disks"]> {
  const mounts = chooseMounts(parseMountinfo(readMountinfo(files) ?? ""));
  const { readings } = await probe.measure(
    mounts.map(({ mountPoint, type }) => ({ mount: mountPoint, type })),
    signal,
  );
  return readings.map(({ mount, type, sizeBytes }) => {
    const source = mounts.find(({ mountPoint }) => mountPoint === mount);
    return {
      mount,
      type,
      sizeBytes,
      device: source?.source,
      removable: source !== undefined && isRemovable(files, source),
    };
  });
}
