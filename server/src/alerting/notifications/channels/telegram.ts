import { below, jsonRequest, type RequestsOf } from "./http-channel.ts";
import { messageTextOf, plainTextOf } from "./message-text.ts";

const MAX_TEXT_LENGTH = 4_096;

/** Bot API: https://core.telegram.org/bots/api#sendmessage. Without a parse mode, so that nothing in the text is markup. */
export const telegramRequests: RequestsOf<"telegram"> = (message, { token, chatId, server }) => [
  jsonRequest(below(server, `/bot${token}/sendMessage`), {
    chat_id: chatId,
    text: plainTextOf(messageTextOf(message)).slice(0, MAX_TEXT_LENGTH).toWellFormed(),
    link_preview_options: { is_disabled: true },
  }),
];
