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
  const { inbox, bell, clock, users } = deps;
  const { id, buttons } = message;
  if (deps.isOnePerson) await waitForPeople(deps, () => users().length > 0, TRAY_LIMIT_MS, job);
  const asked = users();
  const waitsMs = buttons.length > 0 ? ANSWER_LIMIT_MS : null;
  const stopListening = bell.listen(
    tellOnce(
      () => isShown(inbox, id),
      () => job.shown(waitsMs),
    ),
  );
  // From the beginning: whoever is shown it may press at once.
  const answerUntilMs = waitsMs === null || asked.length === 0 ? null : clock.wallMs() + waitsMs;
  await inbox.add(message, asked, answerUntilMs);
  const hasAnswered = (user: string) => hasSaid(inbox, id, user);
  const ended = await waitForPeople(deps, () => asked.every(hasAnswered), TRAY_LIMIT_MS, job);
  stopListening();
  if (ended === "stopping") return { kind: "unfinished" };

  const waitsForTray = answerUntilMs !== null && isShown(inbox, id);
  const answered = asked.filter(hasAnswered);
  const others = deps.isOnePerson ? null : showToOthers(deps, message, job, answered);
  return waitsForTray
    ? awaitAnswer(deps, id, job, answered, others)
    : conclude(inbox, id, job, answered, await others?.showing);
}

/** Takes up a message that an earlier run began to show: nobody is shown it again. */
export async function resumeMessage(deps: DeliverDeps, id: string, job: MessageJob): Promise<Delivery> {
  const { inbox, clock } = deps;
  const entry = inbox.find(id);
  // Whom the platform reached before the end nobody knows: its windows may stand yet.
  if (!entry?.receipts.some(({ by }) => by === BY_TRAY)) {
    await inbox.change(id, { isWithdrawn: true, answerUntilMs: null });
    return { kind: "unknown" };
  }
  const leftMs = (entry.answerUntilMs ?? 0) - clock.wallMs();
  const users = entry.receipts.map(({ user }) => user);
  if (entry.pressed || leftMs <= 0) return conclude(inbox, id, job, users);
  job.shown(leftMs);
  return awaitAnswer(deps, id, job, users, null);
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

function tellOnce(isSo: () => boolean, tell: () => void): () => void {
  let isTold = false;
  return () => {
    if (isTold || !isSo()) return;
    isTold = true;
    tell();
  };
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
