import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";
import { HeaderToken, WhenOver } from "./ticket-settings.ts";

export const glpi = defineChannel({
  type: "glpi",
  label: "GLPI",
  description: "Opens a ticket in GLPI for each alarm, and adds what happens to it as follow-ups.",
  settings: z.strictObject({
    server: ChannelAddress.meta({ label: "Address of GLPI", hint: "Without /apirest.php." }),
    appToken: HeaderToken.meta({
      label: "Application token",
      hint: "Of an API client, under “Setup”, “General”, “API”.",
      isSecret: true,
    }),
    userToken: HeaderToken.meta({
      label: "API token of the user",
      hint: "Of a user who may create and solve tickets, under “Remote access keys”.",
      isSecret: true,
    }),
    whenOver: WhenOver,
  }),
  addressField: "server",
  hasSigningSecret: false,
});
