import type { MasterKeyCheckStore } from "../crypto/master-key.ts";
import type { Store } from "../database/store.ts";
import "./server-settings.tables.ts";

/** Settings that the server itself stores, for all tenants and all servers of this database. */
export function createServerSettings(store: Store): MasterKeyCheckStore {
  async function read(name: string): Promise<string | null> {
    const row = await store.read
      .selectFrom("server_settings")
      .select("value")
      .where("name", "=", name)
      .executeTakeFirst();
    return row?.value ?? null;
  }

  return {
    read,
    async storeIfAbsent(name, value) {
      await store.transaction(async (tx) => {
        await tx
          .insertInto("server_settings")
          .values({ name, value })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
      return (await read(name)) ?? value;
    },
  };
}
