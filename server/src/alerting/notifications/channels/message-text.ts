import { fillText, NOTIFICATION_TEXTS } from "@muster/shared/i18n/notification-messages.ts";
import { toLine } from "@muster/shared/contracts/text.ts";
import { terminalLine } from "@muster/shared/unsafe-characters.ts";
import type { MessageAlarm, MessageEvent, OutgoingMessage } from "./outgoing-message.ts";

/** Events that a message lists; the others are counted. */
export const MAX_LISTED_EVENTS = 20;
const MAX_TITLE_LENGTH = 200;
const MAX_TEXT_LENGTH = 500;

/** One event in words. Nothing in it is escaped for any format yet. */
export type EventText = { head: string; title: string; lines: string[] };
/** A message in words. */
export type MessageText = { title: string; events: EventText[]; more: string | null };

/** Puts a message into words of its language. */
export function messageTextOf({ language, events, testOf }: OutgoingMessage): MessageText {
  const texts = NOTIFICATION_TEXTS[language];
  if (testOf !== null) {
    const text = fillText(texts.test.text, { name: defused(testOf, MAX_TITLE_LENGTH) });
    return {
      title: texts.test.title,
      events: [{ head: texts.test.title, title: text, lines: [] }],
      more: null,
    };
  }
  const shown = events.slice(0, MAX_LISTED_EVENTS).map((event) => eventTextOf(event, texts));
  const [first] = shown;
  const hidden = events.length - shown.length;
  return {
    title: events.length === 1 && first ? first.title : fillText(texts.many, { count: events.length }),
    events: shown,
    more: hidden > 0 ? fillText(texts.more, { count: hidden }) : null,
  };
}

function eventTextOf(
  { kind, severity, alarm }: MessageEvent,
  texts: (typeof NOTIFICATION_TEXTS)["en"],
): EventText {
  const { acknowledgedBy, deviceName, ruleName, openedAt, endedAt } = alarm;
  const what =
    kind === "acknowledged" && acknowledgedBy !== null
      ? fillText(texts.acknowledgedBy, { name: defused(acknowledgedBy, MAX_TITLE_LENGTH) })
      : texts.kind[kind];
  const times =
    kind === "ended" && endedAt !== null
      ? fillText(texts.wasShort, { from: timeText(openedAt), to: timeText(endedAt) })
      : `${texts.since}: ${timeText(openedAt)}`;
  return {
    head: `${texts.severity[severity]} · ${what}`,
    title: defused(titleOf(alarm), MAX_TITLE_LENGTH),
    lines: [
      defused(alarm.sentence, MAX_TEXT_LENGTH),
      ...(deviceName === null ? [] : [`${texts.device}: ${defused(deviceName, MAX_TITLE_LENGTH)}`]),
      ...(ruleName === null ? [] : [`${texts.rule}: ${defused(ruleName, MAX_TITLE_LENGTH)}`]),
      times,
    ].filter((line) => line !== ""),
  };
}

/** Title of an alarm with the name of its device, for subjects: alarms of several devices have the same title. */
export function titleOf({ title, deviceName }: Pick<MessageAlarm, "title" | "deviceName">): string {
  return deviceName === null || title.includes(deviceName) ? title : `${title}: ${deviceName}`;
}

/** Text of a device or a user on one line, in which no program finds an address to link or somebody to mention. */
export function defused(text: string, maxLength: number): string {
  const line = toLine(terminalLine(text), maxLength) ?? "";
  return line
    .replaceAll("://", ": //")
    .replaceAll(/\b(www)\./gi, "$1 .")
    .replaceAll(/@(?=\S)/g, "@ ");
}

/** An instant for readers in any time zone. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The whole message as lines of plain text. */
export function plainTextOf({ events, more }: MessageText): string {
  const blocks = events.map(({ head, title, lines }) => [head, title, ...lines].join("\n"));
  return [...blocks, ...(more === null ? [] : [more])].join("\n\n");
}
