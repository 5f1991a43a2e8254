import { BY_TRAY, isReceiptSettled, isShownTo, outcomeOf } from "./inbox-entry.ts";
import type { Inbox, NewMessage } from "./inbox.ts";
import {
  type DeliverDeps,
  type Delivery,
  type MessageJob,
  reportHeldBack,
  reportShown,
  waitForUsers,
} from "./message-job.ts";
import { type PlatformDelivery, showByPlatform } from "./show-by-platform.ts";
import type { MessageOutcome } from "../../platform/ports.ts";

/** A tray reports within this time whether it has shown a message; otherwise the platform shows it to that user. */
const TRAY_TIMEOUT_MS = 15_000;
/** A button in a tray answers this long. */
const ANSWER_TIMEOUT_MS = 24 * 3_600_000;
/** A locked screen is waited for this long: no longer than the server takes an announced instant. */
const SHOW_TIMEOUT_MS = 7 * 24 * 3_600_000;

/**
 * Brings a message to everybody who is logged in: by their tray where one is open, and by the platform's ways to all others.
 *
 *   asked --every tray has spoken, or 15 s--> the platform's ways for everybody else
 *     |         +-- no tray has spoken, or all that did have shown it --> over
 *     |         +-- a screen is locked, or there are buttons --> waits --shown to all, pressed, or its time is up--> over
 *     +-- cancelled --> over; it is no longer shown to users who have not seen it
 */
export async function deliverMessage(
  deps: DeliverDeps,
  message: NewMessage,
  job: MessageJob,
): Promise<Delivery> {
  const { inbox, clock, users } = deps;
  const { id, buttons } = message;
  if (deps.isSingleUser) await waitForUsers(deps, () => users().length > 0, TRAY_TIMEOUT_MS, job);
  const asked = users();
  const limitMs = buttons.length > 0 ? ANSWER_TIMEOUT_MS : SHOW_TIMEOUT_MS;
  const telling = reportShown(deps, id, job, asked.length > 0 && buttons.length > 0 ? limitMs : null);
  try {
    // Before it is shown: a user may press a button immediately.
    await inbox.add(message, asked, asked.length > 0 ? clock.wallMs() + limitMs : null);
    const hasSpoken = (user: string) => isReceiptSettled(inbox.find(id), user);
    const ended = await waitForUsers(deps, () => asked.every(hasSpoken), TRAY_TIMEOUT_MS, job);
    if (ended === "stopping") return { kind: "unfinished" };
    // Where the platform shows nothing, a slow tray is waited for too.
    const waitedFor = deps.isSingleUser ? asked : asked.filter(hasSpoken);
    if (ended === "cancel-asked") return await concludeMessage(inbox, id, job, waitedFor);
    const others = deps.isSingleUser ? null : showByPlatform(deps, message, job, waitedFor, telling.shown);
    return await awaitUsers(deps, id, job, waitedFor, others);
  } finally {
    telling.stop();
  }
}

/** Continues a message that an earlier run began to show: it is shown to nobody twice. */
export async function resumeMessage(deps: DeliverDeps, id: string, job: MessageJob): Promise<Delivery> {
  const { inbox, clock } = deps;
  const entry = inbox.find(id);
  const meant = entry?.receipts.map(({ user }) => user) ?? [];
  const users = deps.isSingleUser ? meant : meant.filter((user) => isReceiptSettled(entry, user));
  // It is unknown whom the platform reached before the end: its windows may still be open.
  const isByTray = entry?.receipts.some(({ by }) => by === BY_TRAY);
  const waits = (entry?.openUntilMs ?? null) !== null && users.length > 0;
  if (!entry || (!isByTray && !waits)) {
    await inbox.change(id, { isWithdrawn: true, openUntilMs: null });
    return { kind: "unknown" };
  }
  const leftMs = (entry.openUntilMs ?? 0) - clock.wallMs();
  const telling = reportShown(deps, id, job, entry.buttons.length > 0 ? leftMs : null);
  try {
    return await awaitUsers(deps, id, job, users, null);
  } finally {
    telling.stop();
  }
}

/** @param waitedFor users whose tray reports what became of it */
async function awaitUsers(
  deps: DeliverDeps,
  id: string,
  job: MessageJob,
  waitedFor: readonly string[],
  others: PlatformDelivery | null,
): Promise<Delivery> {
  const { inbox, clock } = deps;
  const leftMs = (inbox.find(id)?.openUntilMs ?? 0) - clock.wallMs();
  const isAnswered = () => {
    const entry = inbox.find(id);
    if (!entry || waitedFor.length === 0) return true;
    return entry.buttons.length > 0
      ? entry.pressed !== null
      : waitedFor.every((user) => isShownTo(entry, user));
  };
  if (!isAnswered()) reportHeldBack(inbox, id, job, leftMs);
  const ended = await waitForUsers(deps, isAnswered, leftMs, job);
  if (waitedFor.length > 0) others?.withdraw();
  const reached = await others?.showing;
  return ended === "stopping" ? { kind: "unfinished" } : concludeMessage(inbox, id, job, waitedFor, reached);
}

/**
 * Ends a message with what is known of it. Whoever has not seen it by then is not shown it any more: what the server counts as not
 * shown must not appear later.
 *
 * @param waitedFor users whose tray reports what became of it
 * @param reached what became of it in all other sessions
 */
async function concludeMessage(
  inbox: Inbox,
  id: string,
  { cancelRequested, stopping }: MessageJob,
  waitedFor: readonly string[],
  reached: MessageOutcome = { shown: [], notShown: [], pressed: null },
): Promise<Delivery> {
  const entry = inbox.find(id);
  const isWaitedFor = ({ user }: { user: string }) => waitedFor.includes(user);
  const byTray = entry ? outcomeOf({ ...entry, receipts: entry.receipts.filter(isWaitedFor) }) : reached;
  const outcome: MessageOutcome = {
    shown: [...byTray.shown, ...reached.shown],
    notShown: [...byTray.notShown, ...reached.notShown],
    pressed: byTray.pressed ?? reached.pressed,
  };
  if (stopping.aborted && outcome.shown.length === 0) return { kind: "unfinished" };
  await inbox.change(id, { openUntilMs: null, isWithdrawn: true });
  if (cancelRequested.aborted && outcome.shown.length === 0) return { kind: "cancelled" };
  return { kind: "over", outcome };
}
