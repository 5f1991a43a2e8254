import { fillText, NOTIFICATION_TEXTS } from "@muster/shared/i18n/notification-messages.ts";
import type { Language } from "@muster/shared/i18n/languages.ts";
import { defused, timeText } from "../channels/message-text.ts";
import type { NoteText } from "../channels/outgoing-message.ts";

/** What a user is told that is no event of an alarm. It is stored as JSON; times are epoch milliseconds. */
export type UserNote = SilenceNote | WatchNote;

type SilenceNote = {
  kind: "silence";
  /** Who created or extended the silence. */
  author: string;
  comment: string;
  /** How many devices its scope had. */
  devices: number;
  endsAt: number;
  /** The customer that it is about; null without one. */
  customerId: string | null;
};

/** What a user wanted to be told of once. */
type WatchNote = {
  kind: "watch";
  about: "device" | "alarm" | "action";
  until: "online" | "offline" | "ended";
  /** What was watched, in words of its reader. */
  name: string;
  targetId: string;
  customerId: string | null;
};

const MAX_NAME_LENGTH = 200;
const MAX_COMMENT_LENGTH = 500;

export function noteTextOf(note: UserNote, language: Language): NoteText {
  return note.kind === "silence" ? silenceText(note, language) : watchText(note, language);
}

function silenceText(note: SilenceNote, language: Language): NoteText {
  const { silence } = NOTIFICATION_TEXTS[language].note;
  const author = defused(note.author, MAX_NAME_LENGTH);
  return {
    title: fillText(silence.title, { author, time: timeText(note.endsAt) }),
    lines: [defused(note.comment, MAX_COMMENT_LENGTH), `${silence.devices}: ${note.devices}`],
    link: { label: silence.link, path: "/silences" },
    reason: silence.reason,
  };
}

const PAGES = { device: "/devices/", alarm: "/alarms/" };

function watchText({ about, until, name, targetId }: WatchNote, language: Language): NoteText {
  const { watch } = NOTIFICATION_TEXTS[language].note;
  return {
    title: fillText(watch[until], { name: defused(name, MAX_NAME_LENGTH) }),
    lines: [],
    link: { label: watch.link, path: about === "action" ? "/actions" : PAGES[about] + targetId },
    reason: watch.reason,
  };
}

/** Reads the column of a message, which only this module writes. */
export function readNote(note: string): UserNote {
  const read: UserNote = JSON.parse(note);
  return read;
}
