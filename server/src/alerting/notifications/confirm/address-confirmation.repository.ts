import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import type { AddressConfirmationRow } from "../notifications.tables.ts";

/** The hash is of 256 bits, so it names the organization as well. */
export function findConfirmation(
  db: Kysely<Tables>,
  tokenHash: string,
): Promise<AddressConfirmationRow | undefined> {
  return db
    .selectFrom("address_confirmations")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
}

export async function isAddressConfirmed(
  db: Kysely<Tables>,
  orgId: string,
  address: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("address_confirmations")
    .select("confirmed_at")
    .where("org_id", "=", orgId)
    .where("address", "=", address)
    .executeTakeFirst();
  return row !== undefined && row.confirmed_at !== null;
}

export async function readConfirmedAddresses(db: Kysely<Tables>, orgId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("address_confirmations")
    .select("address")
    .where("org_id", "=", orgId)
    .where("confirmed_at", "is not", null)
    .execute();
  return rows.map(({ address }) => address);
}

/** Stores that an address can be confirmed, or extends the time; a confirmed one stays so. */
export async function writeConfirmation(tx: Transaction<Tables>, row: AddressConfirmationRow): Promise<void> {
  await tx
    .insertInto("address_confirmations")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["org_id", "address"]).doUpdateSet({
        token_hash: row.token_hash,
        expires_at: row.expires_at,
      }),
    )
    .execute();
}

export async function confirmAddress(tx: Transaction<Tables>, tokenHash: string, at: number): Promise<void> {
  await tx
    .updateTable("address_confirmations")
    .set({ confirmed_at: at })
    .where("token_hash", "=", tokenHash)
    .where("confirmed_at", "is", null)
    .execute();
}
