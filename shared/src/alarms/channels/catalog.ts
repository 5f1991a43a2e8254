import { z } from "zod";
import { keysOf } from "../../keys-of.ts";
import { discord } from "./discord.ts";
import { email } from "./email.ts";
import { glpi } from "./glpi.ts";
import { jira } from "./jira.ts";
import { ntfy } from "./ntfy.ts";
import { pagerduty } from "./pagerduty.ts";
import { slack } from "./slack.ts";
import { teams } from "./teams.ts";
import { telegram } from "./telegram.ts";
import { ticketMail } from "./ticket-mail.ts";
import { webhook } from "./webhook.ts";
import { zammad } from "./zammad.ts";

/** Every kind of channel, in the order in which they are offered. */
export const CHANNELS = {
  email,
  webhook,
  slack,
  teams,
  discord,
  telegram,
  ntfy,
  pagerduty,
  zammad,
  jira,
  glpi,
  "ticket-mail": ticketMail,
} as const;

/** Channels that keep one ticket for each alarm. */
export const TICKET_TYPES = ["zammad", "jira", "glpi"] as const satisfies readonly (keyof typeof CHANNELS)[];
export type TicketType = (typeof TICKET_TYPES)[number];

/** Kind of a channel. */
export const ChannelType = z.enum(keysOf(CHANNELS));
export type ChannelType = z.infer<typeof ChannelType>;

/** The settings of a channel of one type, as they are stored and used. */
export type ChannelSettingsOf<Type extends ChannelType> = z.infer<(typeof CHANNELS)[Type]["settings"]>;
