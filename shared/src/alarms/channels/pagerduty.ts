import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";

export const pagerduty = defineChannel({
  type: "pagerduty",
  label: "PagerDuty",
  description: "Triggers, acknowledges and resolves incidents through the Events API v2.",
  settings: z.strictObject({
    routingKey: z
      .string()
      .regex(/^[\da-zA-Z]{32}$/, "must be an integration key of 32 letters and digits")
      .meta({ label: "Integration key", isSecret: true }),
    server: ChannelAddress.default("https://events.pagerduty.com").meta({
      label: "Server",
      hint: "https://events.eu.pagerduty.com in the European region.",
    }),
  }),
  addressField: "server",
  hasSigningSecret: false,
});
