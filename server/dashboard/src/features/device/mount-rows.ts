import type { DeviceDetail, ExcludedMount } from "@muster/shared/contracts/device.ts";
import type { Inventory } from "@muster/shared/contracts/inventory.ts";

/** A file system of a device, with what is known of it and how it is monitored. */
export type MountRow = {
  mount: string;
  /** Null where the inventory lacks it: it does not respond, or exists no more. */
  disk: Inventory["disks"][number] | null;
  /** The metrics "disk" and "disk free" are about it. */
  isFullest: boolean;
  isHung: boolean;
  excludedHere: boolean;
  /** By a member of the organization. */
  exclusion: Extract<ExcludedMount, { source: "member" }> | null;
};

type MountFacts = Pick<DeviceDetail, "inventory" | "hungFileSystems" | "excludedMounts" | "diskMount">;

/** The file systems of a device: those of its inventory, then those that only its facts or an exclusion name. */
export function mountRowsOf({
  inventory,
  hungFileSystems,
  excludedMounts,
  diskMount,
}: MountFacts): MountRow[] {
  const disks = inventory?.disks ?? [];
  const named = [...hungFileSystems, ...excludedMounts.map(({ mount }) => mount)];
  const mounts = new Set([...disks.map(({ mount }) => mount), ...named.toSorted()]);
  return [...mounts].map((mount) => {
    const exclusions = excludedMounts.filter((exclusion) => exclusion.mount === mount);
    return {
      mount,
      disk: disks.find((disk) => disk.mount === mount) ?? null,
      isFullest: mount === diskMount,
      isHung: hungFileSystems.includes(mount),
      excludedHere: exclusions.some(({ source }) => source === "device"),
      exclusion: exclusions.find((exclusion) => exclusion.source === "member") ?? null,
    };
  });
}
