import type { InboxMessage } from "@muster/shared/contracts/local-agent.ts";
import type { MessageOutcome } from "../../platform/ports.ts";

/** What became of a message for one user. */
export type Receipt = {
  user: string;
  shownAtMs: number | null;
  /** The way by which it was shown: "tray", or the platform's. */
  by: string | null;
  /** Why it was not shown: "locked". */
  notShown: string | null;
  readAtMs: number | null;
};

/** One message to users of this machine. It is addressed to those who have a receipt. */
export type InboxEntry = Pick<
  InboxMessage,
  "id" | "askedBy" | "title" | "text" | "urgency" | "buttons" | "receivedAtMs"
> & {
  receipts: Receipt[];
  /** Wall-clock instant until which users are waited for and buttons work; null when nobody is waited for. */
  openUntilMs: number | null;
  pressed: { user: string; button: string } | null;
  /** It has ended: users who have not seen it by then do not get it, in the inbox neither. */
  isWithdrawn: boolean;
};

export const BY_TRAY = "tray";

export function newReceipt(user: string): Receipt {
  return { user, shownAtMs: null, by: null, notShown: null, readAtMs: null };
}

export function receiptOf({ receipts }: InboxEntry, user: string): Receipt | undefined {
  return receipts.find((receipt) => receipt.user === user);
}

/** Whether a button of it still answers. */
export function isAnswerable({ buttons, openUntilMs, pressed }: InboxEntry, nowMs: number): boolean {
  return buttons.length > 0 && openUntilMs !== null && nowMs < openUntilMs && pressed === null;
}

/** Whether it is still to be shown to this user. */
export function isUnshown(entry: InboxEntry, user: string): boolean {
  return receiptOf(entry, user)?.shownAtMs === null && !entry.isWithdrawn;
}

/** Whether this user has seen it. */
export function isShownTo(entry: InboxEntry, user: string): boolean {
  return (receiptOf(entry, user)?.shownAtMs ?? null) !== null;
}

/** Whether it ended before this user saw it. */
export function isMissed(entry: InboxEntry, user: string): boolean {
  return entry.isWithdrawn && !isShownTo(entry, user);
}

/** Whether it is known that this user has seen it, or why not. */
export function isReceiptSettled(entry: InboxEntry | undefined, user: string): boolean {
  const receipt = entry && receiptOf(entry, user);
  return receipt !== undefined && (receipt.shownAtMs !== null || receipt.notShown !== null);
}

/** The message in a user's inbox, null when it was not for them or ended before they saw it. */
export function asMessage(entry: InboxEntry, user: string, nowMs: number): InboxMessage | null {
  const receipt = receiptOf(entry, user);
  if (!receipt || isMissed(entry, user)) return null;
  const { id, askedBy, title, text, urgency, buttons, receivedAtMs, pressed } = entry;
  return {
    id,
    askedBy,
    title,
    text,
    urgency,
    buttons,
    receivedAtMs,
    shownAtMs: receipt.shownAtMs,
    readAtMs: receipt.readAtMs,
    pressed: pressed?.user === user ? pressed.button : null,
    isAnswerable: isAnswerable(entry, nowMs),
  };
}

const URGENCIES: readonly string[] = ["low", "normal", "urgent"] satisfies InboxEntry["urgency"][];

/** Whether what was read has every field as it was written. May throw for what is no object. */
export function isEntry(entry: InboxEntry): boolean {
  const { id, askedBy, title, text, urgency, buttons, receivedAtMs, receipts, openUntilMs, pressed } = entry;
  return (
    [id, title, text, ...buttons].every(isText) &&
    isTextOrNull(askedBy) &&
    URGENCIES.includes(urgency) &&
    Number.isFinite(receivedAtMs) &&
    isInstantOrNull(openUntilMs) &&
    (pressed === null || (isText(pressed.user) && isText(pressed.button))) &&
    typeof entry.isWithdrawn === "boolean" &&
    receipts.every(isReceipt)
  );
}

function isReceipt({ user, shownAtMs, by, notShown, readAtMs }: Receipt): boolean {
  return isText(user) && [shownAtMs, readAtMs].every(isInstantOrNull) && [by, notShown].every(isTextOrNull);
}

const isText = (value: unknown) => typeof value === "string";
const isTextOrNull = (value: unknown) => value === null || isText(value);
const isInstantOrNull = (value: unknown) => value === null || Number.isFinite(value);

/** The outcome of a message by its receipts, session by session, as the server gets it. */
export function outcomeOf({ receipts, pressed }: InboxEntry): MessageOutcome {
  return {
    shown: receipts.flatMap(({ user, shownAtMs, by }) =>
      shownAtMs === null || by === null ? [] : { user, by },
    ),
    notShown: receipts.flatMap(({ user, shownAtMs, notShown }) =>
      shownAtMs === null ? { user, reason: notShown ?? "it did not answer" } : [],
    ),
    pressed: pressed?.button ?? null,
  };
}
