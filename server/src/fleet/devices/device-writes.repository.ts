import type { HeldLevel } from "@muster/shared/health/held-status.ts";
import type { Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { DevicesTable } from "../fleet.tables.ts";
import { LISTING_COLUMNS, listingOf } from "./listing.ts";

export type DeviceColumnChanges = Partial<Omit<DevicesTable, "device_no" | "id" | "org_id">>;

/**
 * Changes columns of a device, with its search text and sort keys. Increments the version of its state, so that a report which is being
 * processed at the same time is processed again.
 */
export async function updateDevice(
  tx: Transaction<Tables>,
  orgId: string,
  deviceNo: number,
  changes: DeviceColumnChanges,
): Promise<void> {
  await tx
    .updateTable("device_state")
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .execute();
  const changed = await tx
    .updateTable("devices")
    .set(changes)
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .returning(LISTING_COLUMNS)
    .executeTakeFirst();
  if (!changed) return;
  await tx
    .updateTable("devices")
    .set(listingOf(changed))
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .execute();
}

/**
 * Changes columns of devices. The caller has locked them, and has included search text and sort keys where they change. Increments the
 * versions of their states, as `updateDevice` does.
 */
export async function updateDevices(
  tx: Transaction<Tables>,
  orgId: string,
  changes: readonly { deviceNo: number; columns: DeviceColumnChanges }[],
): Promise<void> {
  await tx
    .updateTable("device_state")
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("org_id", "=", orgId)
    .where(
      "device_no",
      "in",
      changes.map(({ deviceNo }) => deviceNo),
    )
    .execute();
  for (const { deviceNo, columns } of changes) {
    await tx
      .updateTable("devices")
      .set(columns)
      .where("org_id", "=", orgId)
      .where("device_no", "=", deviceNo)
      .execute();
  }
}

/** Sets the level of the score that counts. */
export async function setHeldLevel(
  tx: Transaction<Tables>,
  orgId: string,
  deviceNo: number,
  level: HeldLevel,
): Promise<void> {
  await tx
    .updateTable("device_state")
    .set({ held_level: level, warn_differs_since: null, critical_differs_since: null })
    .where("org_id", "=", orgId)
    .where("device_no", "=", deviceNo)
    .execute();
}

/** Replaces the rows in `device_tags`; the caller writes the column `tags`. */
export function replaceTags(
  tx: Transaction<Tables>,
  orgId: string,
  deviceNo: number,
  tags: readonly string[],
): Promise<void> {
  return replaceTagsOf(tx, orgId, new Map([[deviceNo, tags]]));
}

/** As `replaceTags`, for several devices: their tags by the number of the device. */
export async function replaceTagsOf(
  tx: Transaction<Tables>,
  orgId: string,
  tagsOf: ReadonlyMap<number, readonly string[]>,
): Promise<void> {
  if (tagsOf.size === 0) return;
  await tx
    .deleteFrom("device_tags")
    .where("org_id", "=", orgId)
    .where("device_no", "in", [...tagsOf.keys()])
    .execute();
  const rows = [...tagsOf].flatMap(([device_no, tags]) =>
    tags.map((tag) => ({ org_id: orgId, device_no, tag })),
  );
  if (rows.length > 0) await tx.insertInto("device_tags").values(rows).execute();
}
