import { jsonRequest, type RequestsOf } from "./http-channel.ts";
import { messageTextOf, plainTextOf } from "./message-text.ts";

const MAX_CONTENT_LENGTH = 2_000;
const SUPPRESS_EMBEDS = 4;

/** Webhook: https://discord.com/developers/docs/resources/webhook#execute-webhook. */
export const discordRequests: RequestsOf<"discord"> = (message, { url }) => {
  const content = escaped(plainTextOf(messageTextOf(message)));
  return [
    jsonRequest(url, {
      content: content.slice(0, MAX_CONTENT_LENGTH).toWellFormed().replace(/\\$/, ""),
      // Nobody is mentioned, whatever the text says.
      allowed_mentions: { parse: [] },
      flags: SUPPRESS_EMBEDS,
    }),
  ];
};

/** What Markdown, mentions and time stamps begin with, anywhere or at the beginning of a line. */
function escaped(text: string): string {
  return text.replaceAll(/[\\*_~`|<[\]]|^[-#>]/gm, "\\$&");
}
