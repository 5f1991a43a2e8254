import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import type { Kysely } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { Tenant } from "../../platform/tenant.ts";
import { nameOf } from "./device-row.ts";
import { isKnownOfTenant } from "./device-selection.repository.ts";
import { readTags } from "./listing.ts";

const DEVICES_PER_READ = 200;

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

/** The tags and classes of devices, by their ids. */
export async function readDeviceTraits(
  db: Kysely<Tables>,
  orgId: string,
  deviceIds: readonly string[],
): Promise<Map<string, { tags: string[]; deviceClass: DeviceClass }>> {
  const traits = new Map<string, { tags: string[]; deviceClass: DeviceClass }>();
  for (let start = 0; start < deviceIds.length; start += DEVICES_PER_READ) {
    const rows = await db
      .selectFrom("devices as d")
      .select(["d.id", "d.tags", "d.class_chosen", "d.class_guess"])
      .where(isKnownOfTenant({ orgId, customerIds: null }))
      .where("d.id", "in", deviceIds.slice(start, start + DEVICES_PER_READ))
      .execute();
    for (const { id, tags, class_chosen, class_guess } of rows) {
      traits.set(id, { tags: readTags(tags), deviceClass: class_chosen ?? class_guess });
    }
  }
  return traits;
}

/** The names and customers of those of these devices that a tenant reaches, by their ids. */
export async function readDeviceNames(
  db: Kysely<Tables>,
  tenant: Tenant,
  deviceIds: readonly string[],
): Promise<Map<string, { name: string; customerId: string | null }>> {
  const names = new Map<string, { name: string; customerId: string | null }>();
  for (let start = 0; start < deviceIds.length; start += DEVICES_PER_READ) {
    const rows = await db
      .selectFrom("devices as d")
      .select(["d.id", "d.label", "d.hostname", "d.customer_id"])
      .where(isKnownOfTenant(tenant))
      .where("d.id", "in", deviceIds.slice(start, start + DEVICES_PER_READ))
      .execute();
    for (const row of rows) names.set(row.id, { name: nameOf(row), customerId: row.customer_id });
  }
  return names;
}
