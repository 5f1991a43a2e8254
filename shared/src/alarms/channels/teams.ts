import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";

export const teams = defineChannel({
  type: "teams",
  label: "Microsoft Teams",
  description: "Posts an adaptive card to a workflow of Microsoft Teams.",
  settings: z.strictObject({
    url: ChannelAddress.meta({
      label: "Address",
      hint: "The address of a workflow “Post to a channel when a webhook request is received”.",
      isSecret: true,
    }),
  }),
  addressField: "url",
  hasSigningSecret: false,
});
