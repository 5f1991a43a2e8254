import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { readTags } from "./listing.ts";

/** What rules about devices ask of one: its tags, and the class that was chosen or guessed. */
export async function findDeviceTraits(
  db: Kysely<Tables>,
  orgId: string,
  deviceId: string,
): Promise<{ tags: string[]; deviceClass: DeviceClass } | undefined> {
  const row = await db
    .selectFrom("devices")
    .select(["tags", "class_chosen", "class_guess"])
    .where("org_id", "=", orgId)
    .where("id", "=", deviceId)
    .executeTakeFirst();
  return row && { tags: readTags(row.tags), deviceClass: row.class_chosen ?? row.class_guess };
}
