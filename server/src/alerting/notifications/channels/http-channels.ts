import type { z } from "zod";
import { CHANNELS, type ChannelType, type TicketType } from "@muster/shared/alarms/channels/catalog.ts";
import type { GuardedRequest } from "../../../platform/http-client/guarded-client.ts";
import { discordRequests } from "./discord.ts";
import type { RequestContext } from "./http-channel.ts";
import { ntfyRequests } from "./ntfy.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";
import { pagerdutyRequests } from "./pagerduty.ts";
import { slackRequests } from "./slack.ts";
import { teamsRequests } from "./teams.ts";
import { telegramRequests } from "./telegram.ts";
import { webhookRequests } from "./webhook.ts";

type HttpChannelType = Exclude<ChannelType, "email" | "ticket-mail" | TicketType>;

type MakeRequests = (
  message: OutgoingMessage,
  settings: unknown,
  context: RequestContext,
) => GuardedRequest[];

/** Every type but those that send mails or keep tickets, with what makes its requests. Stored settings are parsed again, so that defaults of later versions are there. */
const REQUESTS: Readonly<Record<HttpChannelType, MakeRequests>> = {
  webhook: withSettings(CHANNELS.webhook.settings, webhookRequests),
  slack: withSettings(CHANNELS.slack.settings, slackRequests),
  teams: withSettings(CHANNELS.teams.settings, teamsRequests),
  discord: withSettings(CHANNELS.discord.settings, discordRequests),
  telegram: withSettings(CHANNELS.telegram.settings, telegramRequests),
  ntfy: withSettings(CHANNELS.ntfy.settings, ntfyRequests),
  pagerduty: withSettings(CHANNELS.pagerduty.settings, pagerdutyRequests),
};

function withSettings<Settings>(
  schema: z.ZodType<Settings>,
  make: (message: OutgoingMessage, settings: Settings, context: RequestContext) => GuardedRequest[],
): MakeRequests {
  return (message, settings, context) => make(message, schema.parse(settings), context);
}

/** The requests that carry a message over a channel. */
export function requestsOf(
  type: HttpChannelType,
  message: OutgoingMessage,
  settings: unknown,
  context: RequestContext,
): GuardedRequest[] {
  return REQUESTS[type](message, settings, context);
}
