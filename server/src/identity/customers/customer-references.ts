import type { Kysely, Transaction } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { raiseAuthEpoch } from "../credentials/auth-epoch.system-repository.ts";
import { countLimits, countValidTokens, moveLimits, moveTokens } from "./customer-reference.repository.ts";

/** What this module stores about customers, for the module that has them. */
export type CustomerReferences = {
  /** Tokens that are valid now, and limits of members, invitations and keys. */
  count(db: Kysely<Tables>, orgId: string, customerId: string): Promise<{ tokens: number; limits: number }>;
  /** Gives tokens and limits to another customer. Rights change with it: publish `credential.changed` afterwards. */
  move(
    tx: Transaction<Tables>,
    orgId: string,
    from: string,
    into: string,
  ): Promise<{ tokens: number; limits: number }>;
  /** Takes the customer off tokens that are no longer valid, before it is removed. */
  clear(tx: Transaction<Tables>, orgId: string, customerId: string): Promise<void>;
};

export function createCustomerReferences({ clock }: { clock: Clock }): CustomerReferences {
  return {
    async count(db, orgId, customerId) {
      return {
        tokens: await countValidTokens(db, orgId, customerId, clock.now()),
        limits: await countLimits(db, orgId, customerId),
      };
    },
    async move(tx, orgId, from, into) {
      const tokens = await moveTokens(tx, orgId, from, into);
      const holders = await moveLimits(tx, orgId, from, into);
      if (holders.length > 0) await raiseAuthEpoch(tx);
      return { tokens, limits: holders.length };
    },
    async clear(tx, orgId, customerId) {
      await moveTokens(tx, orgId, customerId, null);
    },
  };
}
