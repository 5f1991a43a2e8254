import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";

export const slack = defineChannel({
  type: "slack",
  label: "Slack",
  description: "Posts to an incoming webhook of Slack, Mattermost or Rocket.Chat.",
  settings: z.strictObject({
    url: ChannelAddress.meta({
      label: "Address",
      hint: "The address of the incoming webhook.",
      isSecret: true,
    }),
  }),
  addressField: "url",
  hasSigningSecret: false,
});
