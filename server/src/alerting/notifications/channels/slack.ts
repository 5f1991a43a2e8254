import { jsonRequest, type RequestsOf } from "./http-channel.ts";
import { messageTextOf, plainTextOf } from "./message-text.ts";

/** Slack refuses longer blocks. */
const MAX_BLOCK_LENGTH = 2_900;

/** Incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. Blocks of plain text know no links and mentions. */
export const slackRequests: RequestsOf<"slack"> = (message, { url }) => {
  const text = messageTextOf(message);
  return [
    jsonRequest(url, {
      text: escaped(text.title),
      parse: "none",
      link_names: false,
      unfurl_links: false,
      blocks: [
        ...text.events.map((event) => plainTextOf({ ...text, events: [event], more: null })),
        text.more,
      ]
        .filter((block) => block !== null)
        .map((block) => ({
          type: "section",
          text: { type: "plain_text", text: block.slice(0, MAX_BLOCK_LENGTH).toWellFormed(), emoji: false },
        })),
    }),
  ];
};

/** The only characters that mean something in Slack's texts. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
