import type { CustomerRef } from "@muster/shared/contracts/customer.ts";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Dialect } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { LISTING_COLUMNS, listingOf } from "../devices/listing.ts";

/** Devices of one statement: keeps the number of bound values below SQLite's limit. */
const DEVICES_PER_UPDATE = 200;

export type MovedDevice = { deviceId: string; deviceNo: number };

/** Devices that are not archived, by customer; a customer without any is left out. */
export async function countDevicesOf(
  db: Kysely<Tables>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (customerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("devices")
    .select("customer_id")
    .select(({ fn }) => fn.countAll<number>().as("devices"))
    .where("customer_id", "in", customerIds)
    .where("archived_at", "is", null)
    .groupBy("customer_id")
    .execute();
  return new Map(rows.map(({ customer_id, devices }) => [customer_id ?? "", devices]));
}

/** True when the customer has a device, archived or not. */
export async function hasDevices(db: Kysely<Tables>, customerId: string): Promise<boolean> {
  const found = await db
    .selectFrom("devices")
    .select("id")
    .where("customer_id", "=", customerId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * Gives the devices of a customer to another one, or to the same one under another name: the id, and the copies of the name that lists
 * and searches read. Returns them.
 */
export async function moveDevices(
  tx: Transaction<Tables>,
  dialect: Dialect,
  from: string,
  into: CustomerRef,
): Promise<MovedDevice[]> {
  await lockDevicesOf(tx, dialect, from);
  const rows = await tx
    .selectFrom("devices")
    .select(["id", "device_no", ...LISTING_COLUMNS])
    .where("customer_id", "=", from)
    .orderBy("device_no")
    .execute();
  for (let start = 0; start < rows.length; start += DEVICES_PER_UPDATE) {
    const changed = rows.slice(start, start + DEVICES_PER_UPDATE).map((row) => {
      const { customer_sort, search_text } = listingOf({ ...row, customer: into.name });
      return sql`(cast(${row.device_no} as bigint), ${customer_sort}, ${search_text})`;
    });
    await sql`
      with changed (number, sort_key, searched) as (values ${sql.join(changed)})
      update devices set customer_id = ${into.id}, customer = ${into.name}, customer_sort = changed.sort_key,
        search_text = changed.searched
      from changed where devices.device_no = changed.number
    `.execute(tx);
  }
  return rows.map(({ id, device_no }) => ({ deviceId: id, deviceNo: device_no }));
}

/** Keeps reports from writing the listing of these devices from what they read before. SQLite has one writer and needs no lock. */
async function lockDevicesOf(tx: Transaction<Tables>, dialect: Dialect, customerId: string): Promise<void> {
  if (dialect === "sqlite") return;
  await tx
    .selectFrom("device_state as s")
    .innerJoin("devices as d", "d.device_no", "s.device_no")
    .select("s.device_no")
    .where("d.customer_id", "=", customerId)
    .orderBy("s.device_no")
    .forUpdate("s")
    .execute();
}
