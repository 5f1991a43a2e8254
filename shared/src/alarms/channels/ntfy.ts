import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";

export const ntfy = defineChannel({
  type: "ntfy",
  label: "ntfy",
  description: "Publishes to a topic of ntfy.",
  settings: z.strictObject({
    server: ChannelAddress.default("https://ntfy.sh").meta({ label: "Server" }),
    topic: z
      .string()
      .regex(/^[\w-]{1,64}$/, "must have 1 to 64 letters, digits, _ or -")
      .meta({ label: "Topic", hint: "Whoever knows the topic can read it.", isSecret: true }),
    token: z
      .string()
      .regex(/^[\w-]{0,100}$/, "must be an access token")
      .default("")
      .meta({ label: "Access token", isSecret: true }),
  }),
  addressField: "server",
  hasSigningSecret: false,
});
