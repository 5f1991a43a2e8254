import { CHANNELS, type ChannelType } from "@muster/shared/alarms/channels/catalog.ts";
import type { GuardedRequest } from "../../../platform/http-client/guarded-client.ts";
import { discordRequests } from "./discord.ts";
import type { RequestsOf, SigningSecrets } from "./http-channel.ts";
import { ntfyRequests } from "./ntfy.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";
import { pagerdutyRequests } from "./pagerduty.ts";
import { slackRequests } from "./slack.ts";
import { teamsRequests } from "./teams.ts";
import { telegramRequests } from "./telegram.ts";
import { webhookRequests } from "./webhook.ts";

type HttpChannelType = Exclude<ChannelType, "email">;

type MakeRequests = (
  message: OutgoingMessage,
  settings: unknown,
  context: { now: number; signingSecrets: SigningSecrets },
) => GuardedRequest[];

/** Every type but e-mail, with what makes its requests. Stored settings are parsed again, so that defaults of later versions are there. */
const REQUESTS: Readonly<Record<HttpChannelType, MakeRequests>> = {
  webhook: withSettings("webhook", webhookRequests),
  slack: withSettings("slack", slackRequests),
  teams: withSettings("teams", teamsRequests),
  discord: withSettings("discord", discordRequests),
  telegram: withSettings("telegram", telegramRequests),
  ntfy: withSettings("ntfy", ntfyRequests),
  pagerduty: withSettings("pagerduty", pagerdutyRequests),
};

function withSettings<Type extends HttpChannelType>(type: Type, make: RequestsOf<Type>): MakeRequests {
  const schema: { parse(value: unknown): Parameters<RequestsOf<Type>>[1] } = CHANNELS[type].settings as never; // the schema of this very type: the compiler loses it in the union
  return (message, settings, context) => make(message, schema.parse(settings), context);
}

/** The requests that carry a message over a channel. */
export function requestsOf(
  type: HttpChannelType,
  message: OutgoingMessage,
  settings: unknown,
  context: { now: number; signingSecrets: SigningSecrets },
): GuardedRequest[] {
  return REQUESTS[type](message, settings, context);
}
