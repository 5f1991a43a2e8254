import type { PreviewRecipient, UnreachedRecipient } from "@muster/shared/contracts/notification-preview.ts";
import type { PolicyRecipients } from "@muster/shared/contracts/notification-policy.ts";
import { type MemberContact, readMemberContacts } from "../../../identity/index.ts";
import type { Store } from "../../../platform/database/store.ts";
import { reaches } from "../../../platform/tenant.ts";
import { readChannels } from "../channels/channel.repository.ts";
import type { AddressConfirmations } from "../confirm/address-confirmations.ts";
import type { ChannelRow } from "../notifications.tables.ts";
import { MAIL_CHANNEL } from "../outbox/mail-channel.ts";
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
  const channelNames = new Map(channels.map(({ id, name }) => [id, name]));

  function describe({ channel_id, recipient }: Target): PreviewRecipient {
    return channel_id === MAIL_CHANNEL
      ? { userId: recipient, channelId: null, name: users.get(recipient) ?? "", address: "" }
      : { userId: null, channelId: channel_id, name: channelNames.get(channel_id) ?? "", address: recipient };
  }
  const problemOf = ({ channel_id, recipient }: Target) => {
    if (channel_id === MAIL_CHANNEL || recipient === "") return null;
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
        ...members.flatMap((contact) => unreachedMember(contact, { orgId, customerId, canSendMail })),
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
  { orgId, customerId, canSendMail }: { orgId: string; customerId: string | null; canSendMail: boolean },
): UnreachedRecipient[] {
  const recipient = { userId, channelId: null, name, address: "" };
  if (!reaches({ orgId, customerIds }, customerId)) return [{ ...recipient, reason: "customer-limit" }];
  return canSendMail ? [] : [{ ...recipient, reason: "no-mail-server" }];
}

function unreachedChannel({ id, name }: ChannelRow): UnreachedRecipient {
  return { userId: null, channelId: id, name, address: "", reason: "channel-off" };
}
