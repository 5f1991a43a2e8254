import { CHANNELS } from "@muster/shared/alarms/channels/catalog.ts";
import type { GuardedClient } from "../../../platform/http-client/guarded-client.ts";
import type { AddressConfirmations } from "../confirm/address-confirmations.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { ChannelRow } from "../notifications.tables.ts";
import { type ChannelVault, hiddenTextsOf, signingSecretsOf } from "./channel-secrets.ts";
import { sendRequests } from "./http-channel.ts";
import type { SendTickets } from "../tickets/send-tickets.ts";
import { isTicketType } from "../tickets/ticket-systems.ts";
import { requestsOf } from "./http-channels.ts";
import type { OutgoingMessage, SendResult } from "./outgoing-message.ts";

const NO_MAIL_SERVER: SendResult = {
  outcome: "retry",
  status: null,
  answer: "The server has no mail server: MUSTER_SMTP_URL is not set.",
  retryAfter: null,
};

const NOT_CONFIRMED: SendResult = {
  outcome: "retry",
  status: null,
  answer: "The owner of the address has not agreed yet. Send a test message: it has a link for that.",
  retryAfter: null,
};

const JUST_ASKED: SendResult = {
  ...NOT_CONFIRMED,
  answer:
    "The owner of the address was asked within the last ten minutes and has not agreed yet. Try again later.",
};

/** Sends a message over a channel; `recipient` is the address of a mail. */
export type SendOverChannel = (
  channel: ChannelRow,
  recipient: string,
  message: OutgoingMessage,
  signal: AbortSignal,
) => Promise<SendResult>;

/** Sends a mail to one address. */
export type SendMail = (
  to: { name: string; address: string },
  message: OutgoingMessage,
  signal: AbortSignal,
) => Promise<SendResult>;

export function createSendMail(mailer: Mailer | null): SendMail {
  return async (to, message, signal) => (mailer ? mailer.send(message, to, signal) : NO_MAIL_SERVER);
}

export function createSendOverChannel(deps: {
  client: GuardedClient;
  sendMail: SendMail;
  vault: ChannelVault;
  confirmations: AddressConfirmations;
  sendTickets: SendTickets;
  now: () => number;
}): SendOverChannel {
  const { client, sendMail, vault, confirmations, sendTickets, now } = deps;

  async function sendToAddress(
    orgId: string,
    address: string,
    message: OutgoingMessage,
    signal: AbortSignal,
  ): Promise<SendResult> {
    const to = { name: "", address };
    if (await confirmations.isConfirmed(orgId, address)) return sendMail(to, message, signal);
    if (message.testOf === null) return NOT_CONFIRMED;
    const confirmUrl = await confirmations.urlFor(orgId, address);
    return confirmUrl === null ? JUST_ASKED : sendMail(to, { ...message, confirmUrl }, signal);
  }

  /** One mail for each event, so that a helpdesk tells the alarms apart. */
  async function sendForm(
    channel: ChannelRow,
    address: string,
    message: OutgoingMessage,
    signal: AbortSignal,
  ): Promise<SendResult> {
    if (message.testOf !== null) return sendToAddress(channel.org_id, address, message, signal);
    const template = CHANNELS["ticket-mail"].settings.parse(JSON.parse(channel.settings));
    let result: SendResult = { outcome: "failed", status: null, answer: "", retryAfter: null };
    for (const event of message.events) {
      const id = message.events.length === 1 ? message.id : `${message.id}.${event.alarm.id}`;
      const mail = { ...message, id, events: [event], template };
      result = await sendToAddress(channel.org_id, address, mail, signal);
      if (result.outcome !== "sent") return result;
    }
    return result;
  }

  return async (channel, recipient, message, signal) => {
    const { type } = channel;
    if (type === "email") return sendToAddress(channel.org_id, recipient, message, signal);
    if (type === "ticket-mail") return sendForm(channel, recipient, message, signal);
    const secrets = vault.open(channel);
    const settings = { ...JSON.parse(channel.settings), ...secrets.settings };
    const hidden = hiddenTextsOf(secrets);
    if (isTicketType(type)) return sendTickets({ ...channel, type }, { settings, hidden, message }, signal);
    const context = { now: now(), signingSecrets: signingSecretsOf(secrets, now()) };
    const requests = requestsOf(type, message, settings, context).map((request) => ({ ...request, hidden }));
    return sendRequests(client, requests, signal);
  };
}
