import type { Kysely } from "kysely";
import type { Tables } from "../../../platform/database/tables.ts";
import { readPushSubscriptions } from "../push/push-subscription.repository.ts";
import type { Target } from "./outbox.repository.ts";
import { MAIL_CHANNEL, pushTarget } from "./user-channels.ts";

/** Where a user is told: by mail where the server sends mails, and in the browsers that the user chose. */
export async function readUserTargets(
  db: Kysely<Tables>,
  { orgId, userId }: { orgId: string; userId: string },
  canSendMail: boolean,
): Promise<Target[]> {
  const subscriptions = await readPushSubscriptions(db, orgId, userId);
  const pushes = subscriptions.map(({ id }) => pushTarget({ userId, id }));
  return canSendMail ? [{ channel_id: MAIL_CHANNEL, recipient: userId }, ...pushes] : pushes;
}
