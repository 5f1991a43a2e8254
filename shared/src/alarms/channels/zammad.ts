import { z } from "zod";
import { Email } from "../../contracts/identity.ts";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";
import { ForeignName, HeaderToken, WhenOver } from "./ticket-settings.ts";

export const zammad = defineChannel({
  type: "zammad",
  label: "Zammad",
  description: "Opens a ticket in Zammad for each alarm, and adds what happens to it.",
  settings: z.strictObject({
    server: ChannelAddress.meta({ label: "Address of Zammad" }),
    token: HeaderToken.meta({
      label: "Access token",
      hint: "Of an agent with the permission ticket.agent, who may create and change tickets of the group.",
      isSecret: true,
    }),
    group: ForeignName.meta({ label: "Group" }),
    customer: Email.meta({
      label: "Customer of the tickets",
      hint: "Mail address of a customer that Zammad knows.",
    }),
    whenOver: WhenOver,
  }),
  addressField: "server",
  hasSigningSecret: false,
});
