import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import { readTags } from "./listing.ts";

/** What rules about devices ask of one: its tags, the class that was chosen or guessed, and its customer. */
export async function findDeviceTraits(
  db: Kysely<Tables>,
  orgId: string,
  deviceId: string,
): Promise<{ tags: string[]; deviceClass: DeviceClass; customerId: string | null } | undefined> {
  const row = await db
    .selectFrom("devices")
    .select(["tags", "class_chosen", "class_guess", "customer_id"])
    .where("org_id", "=", orgId)
    .where("id", "=", deviceId)
    .executeTakeFirst();
  return (
    row && {
      tags: readTags(row.tags),
      deviceClass: row.class_chosen ?? row.class_guess,
      customerId: row.customer_id,
    }
  );
}
