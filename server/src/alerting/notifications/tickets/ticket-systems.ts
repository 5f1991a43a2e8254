import { CHANNELS, TICKET_TYPES, type TicketType } from "@muster/shared/alarms/channels/catalog.ts";
import { ChannelAddress } from "@muster/shared/alarms/channels/channel-address.ts";
import { z } from "zod";
import { below } from "../channels/http-channel.ts";
import { glpiSystem } from "./glpi.ts";
import { jiraSystem } from "./jira.ts";
import type { CallJson, TicketSystem } from "./ticket-system.ts";
import type { ListedTicket } from "./ticket.repository.ts";
import { zammadSystem } from "./zammad.ts";

export function isTicketType(type: string): type is TicketType {
  return TICKET_TYPES.some((one) => one === type);
}

/** The system of a channel. Stored settings are parsed again, so that defaults of later versions are there. */
export function openTicketSystem(type: TicketType, settings: unknown, call: CallJson): TicketSystem {
  switch (type) {
    case "zammad":
      return zammadSystem(CHANNELS.zammad.settings.parse(settings), call);
    case "jira":
      return jiraSystem(CHANNELS.jira.settings.parse(settings), call);
    case "glpi":
      return glpiSystem(CHANNELS.glpi.settings.parse(settings), call);
  }
}

/** The page of a ticket; null for a channel without an address. */
export function ticketUrlOf({ type, settings, ticket_id, key }: ListedTicket): string | null {
  const { server } = Server.parse(JSON.parse(settings));
  if (!isTicketType(type) || server === undefined) return null;
  switch (type) {
    case "zammad":
      return below(server, `/#ticket/zoom/${ticket_id}`);
    case "jira":
      return below(server, `/browse/${key}`);
    case "glpi":
      return below(server, `/front/ticket.form.php?id=${ticket_id}`);
  }
}

const Server = z.object({ server: ChannelAddress.optional() });
