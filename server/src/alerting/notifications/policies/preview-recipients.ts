import type { PreviewRecipient, UnreachedRecipient } from "@muster/shared/contracts/notification-preview.ts";
import type { PolicyRecipients } from "@muster/shared/contracts/notification-policy.ts";
import { type MemberContact, readMemberContacts } from "../../../identity/index.ts";
import type { Store } from "../../../platform/database/store.ts";
import { reaches } from "../../../platform/tenant.ts";
import { readChannels } from "../channels/channel.repository.ts";
import type { AddressConfirmations } from "../confirm/address-confirmations.ts";
import type { ChannelRow } from "../notifications.tables.ts";
import { readUserTarget } from "../outbox/user-channels.ts";
import { readPushBrowsers } from "../push/push-subscription.repository.ts";
import type { Target } from "../outbox/outbox.repository.ts";

/** Names what policies lead to, as the organization is now. */
export type RecipientDirectory = {
  /** Those of the targets that get a message. */
  reached(targets: readonly Target[]): PreviewRecipient[];
  /** Those that are named, or are among the targets, and get none. */
  unreached(named: readonly PolicyRecipients[], targets: readonly Target[]): UnreachedRecipient[];
};

export async function readRecipientDirectory(
  { read }: Store,
  confirmations: Pick<AddressConfirmations, "readConfirmed">,
  given: { orgId: string; customerId: string | null; canSendMail: boolean },
): Promise<RecipientDirectory> {
  const { orgId, customerId, canSendMail } = given;
  const contacts = await readMemberContacts(read, orgId);
  const channels = await readChannels(read, orgId);
  const confirmed = await confirmations.readConfirmed(orgId);
  const users = new Map(contacts.map(({ userId, name }) => [userId, name]));
  const subscribed = await readPushBrowsers(read, orgId);
  const browsers = new Map(subscribed.map(({ id, name }) => [id, name]));
  const pushedIds = new Set(subscribed.map(({ userId }) => userId));
  const channelNames = new Map(channels.map(({ id, name }) => [id, name]));

  function describe(target: Target): PreviewRecipient {
    const user = readUserTarget(target);
    if (!user) {
      const { channel_id: channelId, recipient: address } = target;
      return { userId: null, browser: null, channelId, name: channelNames.get(channelId) ?? "", address };
    }
    const { userId, subscriptionId } = user;
    const browser = subscriptionId === null ? null : (browsers.get(subscriptionId) ?? "");
    return { userId, browser, channelId: null, name: users.get(userId) ?? "", address: "" };
  }
  const problemOf = (target: Target) => {
    const { recipient } = target;
    if (readUserTarget(target) !== null || recipient === "") return null;
    if (!canSendMail) return "no-mail-server";
    return confirmed.has(recipient) ? null : "not-confirmed";
  };

  return {
    reached: (targets) => targets.filter((target) => problemOf(target) === null).map(describe),
    unreached(named, targets) {
      const kept = targets.flatMap((target) => {
        const reason = problemOf(target);
        return reason === null ? [] : [{ ...describe(target), reason } as const];
      });
      const members = contacts.filter((contact) => named.some((one) => isNamed(contact, one)));
      const silent = channels.filter(
        (row) => row.is_enabled === 0 && named.some((one) => one.channelIds.includes(row.id)),
      );
      return [
        ...members.flatMap((contact) => {
          const canBeTold = canSendMail || pushedIds.has(contact.userId);
          return unreachedMember(contact, { orgId, customerId, canBeTold });
        }),
        ...silent.map(unreachedChannel),
        ...kept,
      ];
    },
  };
}

function isNamed({ userId, role }: MemberContact, { roles, userIds }: PolicyRecipients): boolean {
  return roles.includes(role) || userIds.includes(userId);
}

function unreachedMember(
  { userId, name, customerIds }: MemberContact,
  { orgId, customerId, canBeTold }: { orgId: string; customerId: string | null; canBeTold: boolean },
): UnreachedRecipient[] {
  const recipient = { userId, browser: null, channelId: null, name, address: "" };
  if (!reaches({ orgId, customerIds }, customerId)) return [{ ...recipient, reason: "customer-limit" }];
  return canBeTold ? [] : [{ ...recipient, reason: "no-mail-server" }];
}

function unreachedChannel({ id, name }: ChannelRow): UnreachedRecipient {
  return { userId: null, browser: null, channelId: id, name, address: "", reason: "channel-off" };
}
