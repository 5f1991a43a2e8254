import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";

export const discord = defineChannel({
  type: "discord",
  label: "Discord",
  description: "Posts to a webhook of a Discord channel.",
  settings: z.strictObject({
    url: ChannelAddress.meta({
      label: "Address",
      hint: "The address under “Integrations”, “Webhooks” of the channel.",
      isSecret: true,
    }),
  }),
  addressField: "url",
  hasSigningSecret: false,
});
