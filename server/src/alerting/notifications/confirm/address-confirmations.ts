import { createHash, createHmac } from "node:crypto";
import { readMemberContacts } from "../../../identity/index.ts";
import type { Store } from "../../../platform/database/store.ts";
import {
  confirmAddress,
  findConfirmation,
  isAddressConfirmed,
  readConfirmedAddresses,
  writeConfirmation,
} from "./address-confirmation.repository.ts";

/** Path of the page; the token follows. */
export const CONFIRM_PATH = "/api/v1/confirm-address";
const VALID_MS = 7 * 24 * 3_600_000;
/** Nobody floods an address that did not agree: this long from one link to the next. */
const LINK_INTERVAL_MS = 10 * 60_000;

export type ConfirmationState = "invalid" | "ask" | "done";

/** Mail addresses of channels get messages only when they belong to a member, or their owner agreed by a link. */
export type AddressConfirmations = {
  isConfirmed(orgId: string, address: string): Promise<boolean>;
  /** Every address that gets messages: confirmed ones, and those of members. */
  readConfirmed(orgId: string): Promise<ReadonlySet<string>>;
  /** The link that confirms an address, valid for seven days from now; null when one was made within the last ten minutes. */
  urlFor(orgId: string, address: string): Promise<string | null>;
  show(token: string): Promise<ConfirmationState>;
  confirm(token: string): Promise<ConfirmationState>;
};

/** `key` makes the tokens; the database has their hashes only. */
export function createAddressConfirmations(deps: {
  store: Store;
  now: () => number;
  publicUrl: string;
  key: Buffer;
}): AddressConfirmations {
  const { store, now, publicUrl, key } = deps;

  async function show(token: string): Promise<ConfirmationState> {
    const row = await findConfirmation(store.read, hashOf(token));
    if (!row || (row.confirmed_at === null && row.expires_at <= now())) return "invalid";
    return row.confirmed_at === null ? "ask" : "done";
  }

  return {
    async isConfirmed(orgId, address) {
      if (await isAddressConfirmed(store.read, orgId, address)) return true;
      return (await readMemberContacts(store.read, orgId)).some(({ email }) => email === address);
    },
    async readConfirmed(orgId) {
      const members = await readMemberContacts(store.read, orgId);
      const confirmed = await readConfirmedAddresses(store.read, orgId);
      return new Set([...confirmed, ...members.map(({ email }) => email)]);
    },
    async urlFor(orgId, address) {
      const token = createHmac("sha256", key).update(`confirm ${orgId} ${address}`).digest("base64url");
      const latest = await findConfirmation(store.read, hashOf(token));
      if (latest && latest.expires_at > now() + VALID_MS - LINK_INTERVAL_MS) return null;
      const row = { token_hash: hashOf(token), org_id: orgId, address, expires_at: now() + VALID_MS };
      await store.transaction((tx) => writeConfirmation(tx, { ...row, confirmed_at: null }));
      return `${publicUrl}${CONFIRM_PATH}/${token}`;
    },
    show,
    async confirm(token) {
      if ((await show(token)) === "ask")
        await store.transaction((tx) => confirmAddress(tx, hashOf(token), now()));
      return show(token);
    },
  };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
