import type { MessageOutcome } from "../../platform/ports.ts";
import type { Inbox, NewMessage } from "./inbox.ts";
import { BY_TRAY, receiptOf } from "./inbox-entry.ts";
import { type DeliverDeps, type Delivery, type MessageJob, waitForPeople } from "./message-job.ts";
import { outcomeOf } from "./message-outcome.ts";
import { type Others, showToOthers } from "./show-to-others.ts";

/** A tray says within this long whether it has shown a message; else the platform's way is taken for its person. */
const TRAY_LIMIT_MS = 15_000;
/** A button in a tray answers this long. */
const ANSWER_LIMIT_MS = 24 * 3_600_000;

/** Brings a message to everybody who is logged in: by their tray where one is open, and by the platform's ways to all others. */
export async function deliverMessage(
  deps: DeliverDeps,
  message: NewMessage,
  job: MessageJob,
): Promise<Delivery> {
  const { inbox, clock, users } = deps;
  const { id, buttons } = message;
  if (deps.isOnePerson) await waitForPeople(deps, () => users().length > 0, TRAY_LIMIT_MS, job);
  const asked = users();
  const waitsMs = buttons.length > 0 && asked.length > 0 ? ANSWER_LIMIT_MS : null;
  const telling = tellShown(deps, id, job, waitsMs);
  try {
    // From the beginning: whoever is shown it may press at once.
    await inbox.add(message, asked, waitsMs === null ? null : clock.wallMs() + waitsMs);
    const hasAnswered = (user: string) => hasSaid(inbox, id, user);
    const ended = await waitForPeople(deps, () => asked.every(hasAnswered), TRAY_LIMIT_MS, job);
    if (ended === "stopping") return { kind: "unfinished" };
    const answered = asked.filter(hasAnswered);
    const others = deps.isOnePerson ? null : showToOthers(deps, message, job, answered, telling.shown);
    if (waitsMs === null || answered.length === 0)
      return await conclude(inbox, id, job, answered, await others?.showing);
    tellHeldBack(inbox, id, job, waitsMs);
    return await awaitAnswer(deps, id, job, answered, others);
  } finally {
    telling.stop();
  }
}

/** Takes up a message that an earlier run began to show: nobody is shown it again. */
export async function resumeMessage(deps: DeliverDeps, id: string, job: MessageJob): Promise<Delivery> {
  const { inbox, clock } = deps;
  const entry = inbox.find(id);
  const users = entry?.receipts.map(({ user }) => user).filter((user) => hasSaid(inbox, id, user)) ?? [];
  // Whom the platform reached before the end nobody knows: its windows may stand yet.
  const isByTray = entry?.receipts.some(({ by }) => by === BY_TRAY);
  const waits = (entry?.answerUntilMs ?? null) !== null && users.length > 0;
  if (!entry || (!isByTray && !waits)) {
    await inbox.change(id, { isWithdrawn: true, answerUntilMs: null });
    return { kind: "unknown" };
  }
  const leftMs = (entry.answerUntilMs ?? 0) - clock.wallMs();
  if (entry.pressed || leftMs <= 0) return conclude(inbox, id, job, users);
  const telling = tellShown(deps, id, job, leftMs);
  try {
    return await awaitAnswer(deps, id, job, users, null);
  } finally {
    telling.stop();
  }
}

async function awaitAnswer(
  deps: DeliverDeps,
  id: string,
  job: MessageJob,
  answered: readonly string[],
  others: Others | null,
): Promise<Delivery> {
  const { inbox, clock } = deps;
  const isPressed = () => (inbox.find(id)?.pressed ?? null) !== null;
  const leftMs = (inbox.find(id)?.answerUntilMs ?? 0) - clock.wallMs();
  const ended = await waitForPeople(deps, isPressed, leftMs, job);
  others?.takeAway();
  const reached = await others?.showing;
  return ended === "stopping" ? { kind: "unfinished" } : conclude(inbox, id, job, answered, reached);
}

/** @param answered whose tray tells what became of it. @param reached what became of it in all other sessions. */
async function conclude(
  inbox: Inbox,
  id: string,
  { stopping }: MessageJob,
  answered: readonly string[],
  reached: MessageOutcome = { shown: [], notShown: [], pressed: null },
): Promise<Delivery> {
  const entry = inbox.find(id);
  const isAsked = ({ user }: { user: string }) => answered.includes(user);
  const byTray = entry ? outcomeOf({ ...entry, receipts: entry.receipts.filter(isAsked) }) : reached;
  const outcome: MessageOutcome = {
    shown: [...byTray.shown, ...reached.shown],
    notShown: [...byTray.notShown, ...reached.notShown],
    pressed: byTray.pressed ?? reached.pressed,
  };
  if (stopping.aborted && outcome.shown.length === 0) return { kind: "unfinished" };
  await inbox.change(id, { answerUntilMs: null });
  return { kind: "over", outcome };
}

/** Tells once that somebody was shown it: by `shown`, or as soon as the inbox says so. */
function tellShown({ bell, inbox }: DeliverDeps, id: string, job: MessageJob, forMs: number | null) {
  let isTold = false;
  const shown = () => {
    if (!isTold) job.shown(forMs);
    isTold = true;
  };
  const look = () => {
    if (isShown(inbox, id)) shown();
  };
  look();
  return { shown, stop: bell.listen(look) };
}

function tellHeldBack(inbox: Inbox, id: string, job: MessageJob, forMs: number): void {
  const entry = inbox.find(id);
  if (!entry || isShown(inbox, id)) return;
  const reasons = outcomeOf(entry).notShown.map(({ user, reason }) => `${user}: ${reason}`);
  job.heldBack(forMs, reasons.join("; "));
}

function hasSaid(inbox: Inbox, id: string, user: string): boolean {
  const entry = inbox.find(id);
  const receipt = entry && receiptOf(entry, user);
  return receipt !== undefined && (receipt.shownAtMs !== null || receipt.notShown !== null);
}

function isShown(inbox: Inbox, id: string): boolean {
  const entry = inbox.find(id);
  return entry !== undefined && outcomeOf(entry).shown.length > 0;
}
