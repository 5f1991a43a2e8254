import type { Kysely, Transaction } from "kysely";
import type { Tables } from "../../platform/database/tables.ts";
import type { InstallScript } from "./install-script.ts";
import "./install.tables.ts";

/** Remembers the script of a new line, and forgets those offered before `forgetBefore`. Without tenant: every line of a system has the same. */
export async function storeInstallScript(
  tx: Transaction<Tables>,
  { sha256, system, text }: InstallScript,
  { offeredAt, forgetBefore }: { offeredAt: number; forgetBefore: number },
): Promise<void> {
  await tx.deleteFrom("install_scripts").where("offered_at", "<", forgetBefore).execute();
  await tx
    .insertInto("install_scripts")
    .values({ sha256, system, body: text, offered_at: offeredAt })
    .onConflict((conflict) => conflict.column("sha256").doUpdateSet({ offered_at: offeredAt }))
    .execute();
}

export async function findInstallScript(
  db: Kysely<Tables>,
  system: string,
  sha256: string,
): Promise<string | null> {
  const row = await db
    .selectFrom("install_scripts")
    .select("body")
    .where("sha256", "=", sha256)
    .where("system", "=", system)
    .executeTakeFirst();
  return row?.body ?? null;
}
