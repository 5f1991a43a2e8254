import type { PolicyRecipients } from "@muster/shared/contracts/notification-policy.ts";
import type { Kysely } from "kysely";
import { readMemberContacts } from "../../../identity/index.ts";
import type { Tables } from "../../../platform/database/tables.ts";
import { reaches } from "../../../platform/tenant.ts";
import { addressesOf } from "../channels/channel-row.ts";
import { readChannels } from "../channels/channel.repository.ts";
import type { ChannelRow } from "../notifications.tables.ts";
import { MAIL_CHANNEL, pushTarget } from "../outbox/user-channels.ts";
import { readPushBrowsers } from "../push/push-subscription.repository.ts";
import type { Target } from "../outbox/outbox.repository.ts";

/**
 * The receivers that a policy names, each once: users whose customer limit allows it by mail and in the browsers that they chose, and
 * what the enabled channels lead to. No mails while the server cannot send them.
 */
export async function readTargets(
  db: Kysely<Tables>,
  { orgId, customerId }: { orgId: string; customerId: string | null },
  recipients: PolicyRecipients,
  canSendMail: boolean,
): Promise<Target[]> {
  const { roles, userIds, channelIds } = recipients;
  const namesUsers = roles.length + userIds.length > 0;
  const browsers = namesUsers ? await readPushBrowsers(db, orgId) : [];
  const contacts =
    namesUsers && (canSendMail || browsers.length > 0) ? await readMemberContacts(db, orgId) : [];
  const reached = contacts
    .filter(({ userId, role }) => roles.includes(role) || userIds.includes(userId))
    .filter(({ customerIds }) => reaches({ orgId, customerIds }, customerId));
  const mails = canSendMail
    ? reached.map(({ userId }) => ({ channel_id: MAIL_CHANNEL, recipient: userId }))
    : [];
  const reachedIds = new Set(reached.map(({ userId }) => userId));
  const pushes = browsers.filter(({ userId }) => reachedIds.has(userId)).map(pushTarget);
  const channels = channelIds.length > 0 ? await readChannels(db, orgId) : [];
  const named = channels.filter(({ id, is_enabled }) => is_enabled === 1 && channelIds.includes(id));
  return [...mails, ...pushes, ...named.flatMap(receiversOf)];
}

/** One for each address of an e-mail channel; every other channel has one receiver. */
function receiversOf({ id, type, settings }: ChannelRow): Target[] {
  if (type !== "email" && type !== "ticket-mail") return [{ channel_id: id, recipient: "" }];
  return addressesOf({ type, settings }).map((recipient) => ({ channel_id: id, recipient }));
}
