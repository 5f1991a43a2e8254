import webPush from "web-push";
import type { GuardedClient } from "../../../platform/http-client/guarded-client.ts";
import { sendRequests } from "../channels/http-channel.ts";
import type { OutgoingMessage, SendResult } from "../channels/outgoing-message.ts";
import type { PushSubscriptionRow } from "../notifications.tables.ts";
import { type PushContent, pushContentOf } from "./push-content.ts";
import type { PushKeys } from "./push-keys.ts";
import type { PushReceiver, PushVault } from "./push-vault.ts";

/** Seconds that a push service keeps a message for a browser that is not there: as long as the outbox tries. */
const TTL_S = 24 * 3_600;
/** How soon a device is woken (RFC 8030). What is over is not less urgent than a warning: it ends what is shown. */
const URGENCIES = { critical: "high", warning: "normal", info: "low" } as const;
/** What push services answer for a subscription that the browser or they have ended. */
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** Whether an answer says that the subscription does not exist any more. */
export const isGone = ({ status }: Pick<SendResult, "status">): boolean =>
  status !== null && GONE.has(status);

/** Sends a message to a browser through its push service. */
export type SendPush = (
  subscription: PushSubscriptionRow,
  message: OutgoingMessage,
  signal: AbortSignal,
) => Promise<SendResult>;

export function createSendPush(deps: {
  client: GuardedClient;
  vault: PushVault;
  keys: PushKeys;
  publicUrl: string;
}): SendPush {
  const { client, vault, keys } = deps;
  const vapidDetails = { subject: contactOf(deps.publicUrl), ...keys };
  return async (subscription, message, signal) => {
    const receiver = vault.open(subscription);
    const content = pushContentOf(message);
    const { endpoint, headers, body } = webPush.generateRequestDetails(receiver, JSON.stringify(content), {
      vapidDetails,
      TTL: TTL_S,
      urgency: content.severity === null ? "normal" : URGENCIES[content.severity],
      topic: topicOf(content),
    });
    const request = { url: endpoint, headers: textsOf(headers), body, hidden: secretsOf(receiver) };
    const result = await sendRequests(client, [request], signal);
    return isGone(result)
      ? { ...result, outcome: "failed", answer: "The browser gets no messages any more." }
      : result;
  };
}

/** A push service that has not delivered a message yet replaces it by the next one with the same topic: 32 characters at most. */
function topicOf({ tag }: PushContent): string {
  return tag.replace(/^muster-(alarm|message)-/, "").replaceAll("-", "");
}

/** Whom the push service may ask about the messages: services refuse other addresses than `https:` and `mailto:`. */
function contactOf(publicUrl: string): string {
  const { protocol, hostname, origin } = new URL(publicUrl);
  return protocol === "https:" ? origin : `mailto:postmaster@${hostname}`;
}

function textsOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return Object.fromEntries(entries);
}

/** The parts of the address that let others send there. */
function secretsOf({ endpoint }: PushReceiver): string[] {
  const { pathname, search } = new URL(endpoint);
  return `${pathname}${search}`.split(/[/?&=]/).filter((part) => part.length >= 5);
}
