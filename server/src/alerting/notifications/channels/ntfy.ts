import { cutToBytes } from "./cut-to-bytes.ts";
import { below, jsonRequest, type RequestsOf } from "./http-channel.ts";
import { messageTextOf, plainTextOf } from "./message-text.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

/** ntfy counts bytes: a longer message becomes an attachment, and one of twice the length is refused for good. */
const MAX_TEXT_BYTES = 3_500;
const PRIORITIES = { info: 2, warning: 3, critical: 5 } as const;

/** JSON form of publishing: https://docs.ntfy.sh/publish/#publish-as-json. */
export const ntfyRequests: RequestsOf<"ntfy"> = (message, { server, topic, token }) => {
  const text = messageTextOf(message);
  const body = {
    topic,
    title: text.title,
    message: cutToBytes(plainTextOf(text), MAX_TEXT_BYTES),
    priority: priorityOf(message),
  };
  return [jsonRequest(below(server, "/"), body, token === "" ? {} : { authorization: `Bearer ${token}` })];
};

/** Of the worst alarm that is not over; what is over disturbs nobody. */
function priorityOf({ events }: OutgoingMessage): number {
  const open = events.filter(({ kind }) => kind !== "ended" && kind !== "acknowledged");
  return Math.max(PRIORITIES.info, ...open.map(({ severity }) => PRIORITIES[severity]));
}
