import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { cutToBytes } from "../channels/cut-to-bytes.ts";
import { messageTextOf } from "../channels/message-text.ts";
import type { OutgoingMessage } from "../channels/outgoing-message.ts";

/** What the service worker of the dashboard is sent as JSON and shows. */
export type PushContent = {
  title: string;
  body: string;
  language: Language;
  /** What is shown with the same tag takes the place of what was. */
  tag: string;
  /** Page of the dashboard that it leads to. */
  path: string;
  /** That of the worst alarm that is not over; null where nothing is to be done. */
  severity: AlarmSeverity | null;
  /** True where it tells only what is over: it takes the place of what is shown without a sound. */
  isSilent: boolean;
  /** Epoch milliseconds. */
  at: number;
};

// Push services take 3,993 bytes of content (RFC 8291); in JSON each of these bytes may need two.
const MAX_TITLE_BYTES = 300;
const MAX_BODY_BYTES = 1_400;

/** What a browser shows of a message. A later message about the same alarm takes the place of the earlier. */
export function pushContentOf(message: OutgoingMessage): PushContent {
  const { id, language, note, events } = message;
  const text = note === undefined ? textOf(message) : { title: note.title, lines: note.lines };
  const [event] = events;
  const single = events.length === 1 ? event : undefined;
  const severity = severityOf(message);
  return {
    title: cutToBytes(text.title, MAX_TITLE_BYTES),
    body: cutToBytes(text.lines.join("\n"), MAX_BODY_BYTES),
    language,
    tag: `muster-${single ? `alarm-${single.alarm.id}` : `message-${id}`}`,
    path: note?.link.path ?? (single ? `/alarms/${single.alarm.id}` : "/alarms"),
    severity,
    isSilent: events.length > 0 && severity === null,
    at: message.createdAt,
  };
}

function textOf(message: OutgoingMessage): { title: string; lines: string[] } {
  const { title, events, more } = messageTextOf(message);
  const [only] = events;
  if (only && events.length === 1) {
    const lines = [only.head, only.title, ...only.lines];
    return { title, lines: lines.filter((line) => line !== title) };
  }
  return {
    title,
    lines: [...events.map((event) => `${event.head}: ${event.title}`), ...(more === null ? [] : [more])],
  };
}

function severityOf({ events }: Pick<OutgoingMessage, "events">): PushContent["severity"] {
  const open = events.filter(({ kind }) => kind !== "ended" && kind !== "acknowledged");
  return (
    (["critical", "warning", "info"] as const).find((one) => open.some(({ severity }) => severity === one)) ??
    null
  );
}
