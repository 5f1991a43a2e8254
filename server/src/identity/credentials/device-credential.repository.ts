import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";

export type DeviceCredentialRow = Tables["device_credentials"];

export async function insertDeviceCredential(
  tx: Transaction<Tables>,
  row: DeviceCredentialRow,
): Promise<void> {
  await tx.insertInto("device_credentials").values(row).execute();
}

/** Revokes all credentials of the device. Returns how many were still valid. */
export async function markDeviceRevoked(
  tx: Transaction<Tables>,
  orgId: string,
  deviceId: string,
  at: number,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("device_credentials")
    .set({ revoked_at: at })
    .where("org_id", "=", orgId)
    .where("device_id", "=", deviceId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function deleteDeviceCredentials(
  tx: Transaction<Tables>,
  orgId: string,
  deviceId: string,
): Promise<void> {
  await tx
    .deleteFrom("device_credentials")
    .where("org_id", "=", orgId)
    .where("device_id", "=", deviceId)
    .execute();
}

/** Whether a valid credential of the device has this public key. */
export async function hasDeviceKey(
  tx: Transaction<Tables>,
  orgId: string,
  deviceId: string,
  publicKey: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom("device_credentials")
    .select("id")
    .where("org_id", "=", orgId)
    .where("device_id", "=", deviceId)
    .where("public_key", "=", publicKey)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** The public key that the device enrolled with: 32 bytes, base64url. */
export async function readDevicePublicKey(
  db: Kysely<Tables>,
  orgId: string,
  credentialId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("device_credentials")
    .select("public_key")
    .where("org_id", "=", orgId)
    .where("id", "=", credentialId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row?.public_key;
}
