import { createHash, createHmac } from "node:crypto";
import type { Store } from "../../../platform/database/store.ts";
import type { AcknowledgeLinkRow } from "../notifications.tables.ts";
import { findLink, writeLink } from "./acknowledge-link.repository.ts";

/** Path of the page; the token follows. */
export const ACKNOWLEDGE_PATH = "/api/v1/acknowledge";
const VALID_MS = 7 * 24 * 3_600_000;

type LinkFor = { orgId: string; alarmId: string; userId: string };

/** Links with which a recipient acknowledges one alarm, without a session. */
export type AcknowledgeLinks = {
  /** The link of a user and an alarm, the same in every mail about it, valid for seven days from now. */
  urlFor(link: LinkFor): Promise<string>;
  /** The link of a token; undefined when it is unknown or too old. */
  find(token: string): Promise<AcknowledgeLinkRow | undefined>;
};

/** `key` makes the tokens: 256 bits that nobody guesses. The database has their hashes only. */
export function createAcknowledgeLinks(deps: {
  store: Store;
  now: () => number;
  publicUrl: string;
  key: Buffer;
}): AcknowledgeLinks {
  const { store, now, publicUrl, key } = deps;
  return {
    async urlFor({ orgId, alarmId, userId }) {
      const purpose = `acknowledge ${orgId} ${alarmId} ${userId}`;
      const token = createHmac("sha256", key).update(purpose).digest("base64url");
      const row = { org_id: orgId, alarm_id: alarmId, user_id: userId, expires_at: now() + VALID_MS };
      await store.transaction((tx) => writeLink(tx, { token_hash: hashOf(token), ...row }));
      return `${publicUrl}${ACKNOWLEDGE_PATH}/${token}`;
    },
    async find(token) {
      const link = await findLink(store.read, hashOf(token));
      return link && link.expires_at > now() ? link : undefined;
    },
  };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
