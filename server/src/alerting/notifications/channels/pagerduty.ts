import { toInstant } from "../../../platform/instant.ts";
import { below, jsonRequest, type RequestsOf } from "./http-channel.ts";
import { messageTextOf, titleOf } from "./message-text.ts";
import type { MessageEvent } from "./outgoing-message.ts";

const MAX_SUMMARY_LENGTH = 1_024;
const PATH = "/v2/enqueue";

/** Events API v2: https://developer.pagerduty.com/docs/send-alert-event. The alarm is the key, so that a repetition changes nothing. */
export const pagerdutyRequests: RequestsOf<"pagerduty"> = (message, { routingKey, server }) => {
  const url = below(server, PATH);
  if (message.testOf !== null) {
    const summary = messageTextOf(message).events[0]?.title ?? "";
    const test = { summary, source: "Muster", severity: "info" };
    return ["trigger", "resolve"].map((event_action) =>
      jsonRequest(url, { routing_key: routingKey, event_action, dedup_key: message.id, payload: test }),
    );
  }
  return message.events.map((event) => jsonRequest(url, { routing_key: routingKey, ...bodyOf(event) }));
};

function bodyOf({ kind, at, severity, alarm }: MessageEvent) {
  const key = { dedup_key: alarm.id };
  if (kind === "ended") return { event_action: "resolve", ...key };
  if (kind === "acknowledged") return { event_action: "acknowledge", ...key };
  return {
    event_action: "trigger",
    ...key,
    payload: {
      summary: titleOf(alarm).slice(0, MAX_SUMMARY_LENGTH).toWellFormed(),
      source: alarm.deviceName ?? "Muster",
      severity,
      timestamp: toInstant(at),
      custom_details: { text: alarm.sentence, rule: alarm.ruleName },
    },
  };
}
