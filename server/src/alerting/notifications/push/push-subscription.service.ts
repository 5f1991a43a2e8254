import { createHash, ECDH } from "node:crypto";
import type { ChannelTest } from "@muster/shared/contracts/channel.ts";
import {
  MAX_PUSH_SUBSCRIPTIONS,
  type NewPushSubscription,
  type PushSubscription,
  type PushSubscriptions,
} from "@muster/shared/contracts/push-subscription.ts";
import { type ChangedBy, readMemberContacts } from "../../../identity/index.ts";
import { MusterError } from "../../../platform/errors.ts";
import { GuardedRequestError } from "../../../platform/http-client/guarded-request-error.ts";
import { toInstant } from "../../../platform/instant.ts";
import type { OutgoingMessage } from "../channels/outgoing-message.ts";
import type { NotificationsContext } from "../notifications-context.ts";
import type { PushSubscriptionRow } from "../notifications.tables.ts";
import { ATTEMPT_TIMEOUT_MS } from "../outbox/send-message.ts";
import type { PushKeys } from "./push-keys.ts";
import {
  deletePushSubscription,
  findPushSubscription,
  insertPushSubscription,
  readPushSubscriptions,
} from "./push-subscription.repository.ts";
import { deleteEarlierSubscriptions } from "./push-subscription.system-repository.ts";
import type { PushVault } from "./push-vault.ts";
import { recordPushResult } from "./record-push-result.ts";
import type { SendPush } from "./send-push.ts";

type Member = { orgId: string; userId: string };

/** The browsers in which a member gets push notifications. */
export type PushSubscriptionService = {
  list(member: Member): Promise<PushSubscriptions>;
  /**
   * Sends to a browser from now on, in place of what was known of it: it has one user. Throws `bad-request` for an address that the
   * server does not send to, and `conflict` beyond the number of browsers.
   */
  create(member: Member, input: NewPushSubscription, by: ChangedBy): Promise<PushSubscription>;
  /** Throws `not-found`. */
  remove(member: Member, id: string, by: ChangedBy): Promise<void>;
  /** Sends a test message on the way of every message. Throws `not-found`. */
  test(member: Member, id: string): Promise<ChannelTest>;
};

type Deps = Pick<NotificationsContext, "store" | "clock" | "makeId" | "audit" | "client"> & {
  vault: PushVault;
  keys: PushKeys;
  sendPush: SendPush;
  publicUrl: string;
};

export function createPushSubscriptionService(deps: Deps): PushSubscriptionService {
  const { store, clock, makeId, audit, client, vault, keys, sendPush, publicUrl } = deps;

  async function requireOwn({ orgId, userId }: Member, id: string): Promise<PushSubscriptionRow> {
    const row = await findPushSubscription(store.read, orgId, id);
    if (row?.user_id !== userId) throw notFound();
    return row;
  }

  return {
    async list({ orgId, userId }) {
      const rows = await readPushSubscriptions(store.read, orgId, userId);
      return { items: rows.map(toPushSubscription), publicKey: keys.publicKey };
    },
    async create({ orgId, userId }, { endpoint, keys: receiverKeys, name }, by) {
      assertAllowed(client, endpoint);
      assertPoint(receiverKeys.p256dh);
      const owner = { id: makeId(), org_id: orgId };
      const row: PushSubscriptionRow = {
        ...owner,
        user_id: userId,
        name,
        endpoint_hash: createHash("sha256").update(endpoint).digest("hex"),
        sealed: vault.seal(owner, { endpoint, keys: receiverKeys }),
        created_at: clock.now(),
        last_sent_at: null,
      };
      await store.transaction(async (tx) => {
        await deleteEarlierSubscriptions(tx, row);
        const others = await readPushSubscriptions(tx, orgId, userId);
        if (others.length >= MAX_PUSH_SUBSCRIPTIONS) throw tooMany();
        await insertPushSubscription(tx, row);
        const subject = { type: "push-subscription", id: row.id, name } as const;
        await audit.record(tx, { orgId, ...by, action: "push-subscription.created", subject });
      });
      return toPushSubscription(row);
    },
    async remove(member, id, by) {
      const { orgId } = member;
      const { name } = await requireOwn(member, id);
      await store.transaction(async (tx) => {
        if (!(await deletePushSubscription(tx, orgId, id))) throw notFound();
        const subject = { type: "push-subscription", id, name } as const;
        await audit.record(tx, { orgId, ...by, action: "push-subscription.removed", subject });
      });
    },
    async test(member, id) {
      const row = await requireOwn(member, id);
      const contacts = await readMemberContacts(store.read, member.orgId);
      const language = contacts.find(({ userId }) => userId === member.userId)?.language ?? "en";
      const message: OutgoingMessage = {
        id: makeId(),
        language,
        publicUrl,
        createdAt: clock.now(),
        events: [],
        testOf: row.name,
        confirmUrl: null,
      };
      const startedAt = clock.monotonic();
      const result = await sendPush(row, message, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS));
      await store.transaction((tx) => recordPushResult(tx, row, { result, at: clock.now() }));
      const { status, answer } = result;
      const durationMs = Math.round(clock.monotonic() - startedAt);
      return { isSent: result.outcome === "sent", status, answer, durationMs };
    },
  };
}

function assertAllowed(client: NotificationsContext["client"], endpoint: string): void {
  try {
    client.check(endpoint);
  } catch (error) {
    if (!(error instanceof GuardedRequestError)) throw error;
    throw new MusterError("bad-request", `The server does not send to this push service. ${error.message}`, {
      details: [{ path: "endpoint", message: "is no address that this server sends to" }],
    });
  }
}

/** Nothing can be encrypted for a key that is no point of the curve. */
function assertPoint(p256dh: string): void {
  try {
    ECDH.convertKey(p256dh, "prime256v1", "base64url");
  } catch {
    throw new MusterError("bad-request", "The key of the browser is wrong. Subscribe it again.", {
      details: [{ path: "keys.p256dh", message: "is no point of the curve P-256" }],
    });
  }
}

function toPushSubscription(row: PushSubscriptionRow): PushSubscription {
  return {
    id: row.id,
    name: row.name,
    endpointHash: row.endpoint_hash,
    createdAt: toInstant(row.created_at),
    lastSentAt: row.last_sent_at === null ? null : toInstant(row.last_sent_at),
  };
}

function notFound(): MusterError {
  return new MusterError("not-found", "There is no such browser. It may have been removed.");
}

function tooMany(): MusterError {
  return new MusterError(
    "conflict",
    `You get push notifications in ${MAX_PUSH_SUBSCRIPTIONS} browsers already. Remove one of them first.`,
  );
}
