import type { Transaction } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { hashSecret, isSecretOf, makeSecret } from "../secrets/secret.ts";
import {
  findAccountsOfBrowser,
  insertKnownBrowser,
  replaceBrowserSecret,
  trimKnownBrowsers,
} from "./known-browser.system-repository.ts";

/** A browser stays known for an account this long after its last sign-in. */
export const KNOWN_BROWSER_MS = 90 * 24 * 3_600_000;
/** Known browsers of one account: programs that sign in without keeping the cookie make a new one each time. */
const MAX_KNOWN_BROWSERS = 20;

/** A browser that signed in before, with the accounts that did. */
export type KnownBrowser = { secretHash: string; userIds: ReadonlySet<string> };

/** Browsers that signed in to an account before. Their sign-ins have limits and a share of the hashing of their own. */
export type KnownBrowsers = {
  /** The browser of a cookie; null when it is unknown or every account in it has expired or changed its password. */
  find(secret: string | null): Promise<KnownBrowser | null>;
  /**
   * Makes the browser known for `userId` and returns the new secret of its cookie. The previous secret ends, so that nobody who planted
   * it in the browser becomes known for the account.
   */
  renew(tx: Transaction<Tables>, userId: string, previousSecret: string | null): Promise<string>;
};

export function createKnownBrowsers({ store, clock }: { store: Store; clock: Clock }): KnownBrowsers {
  return {
    async find(secret) {
      if (secret === null || !isSecretOf("browser", secret)) return null;
      const secretHash = hashSecret(secret);
      const userIds = await findAccountsOfBrowser(store.read, secretHash, clock.now());
      return userIds.length === 0 ? null : { secretHash, userIds: new Set(userIds) };
    },
    async renew(tx, userId, previousSecret) {
      const secret = makeSecret("browser");
      const next = hashSecret(secret);
      if (previousSecret !== null && isSecretOf("browser", previousSecret)) {
        await replaceBrowserSecret(tx, userId, { previous: hashSecret(previousSecret), next });
      }
      const at = clock.now();
      const row = { secret_hash: next, user_id: userId, created_at: at, expires_at: at + KNOWN_BROWSER_MS };
      await insertKnownBrowser(tx, row);
      await trimKnownBrowsers(tx, userId, MAX_KNOWN_BROWSERS);
      return secret;
    },
  };
}
