import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";

export const webhook = defineChannel({
  type: "webhook",
  label: "Webhook",
  description: "Posts JSON with a signature of the Standard Webhooks specification.",
  settings: z.strictObject({
    url: ChannelAddress.meta({ label: "Address", isSecret: true }),
  }),
  addressField: "url",
  hasSigningSecret: true,
});
