import { z } from "zod";
import { ChannelAddress } from "./channel-address.ts";
import { defineChannel } from "./define-channel.ts";

export const telegram = defineChannel({
  type: "telegram",
  label: "Telegram",
  description: "Sends messages of a Telegram bot to a chat.",
  settings: z.strictObject({
    token: z
      .string()
      .regex(/^\d{1,20}:[\w-]{20,100}$/, "must be the token of a bot, such as 123456:ABC-DEF")
      .meta({ label: "Token of the bot", isSecret: true }),
    chatId: z
      .string()
      .regex(/^(-?\d{1,20}|@\w{5,32})$/, "must be the number of a chat, or @ and the name of a channel")
      .meta({ label: "Chat" }),
    server: ChannelAddress.default("https://api.telegram.org").meta({ label: "Server of the Bot API" }),
  }),
  addressField: "server",
  hasSigningSecret: false,
});
