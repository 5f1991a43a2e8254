import type { MessageOutcome } from "../../platform/ports.ts";
import type { Inbox, NewMessage } from "./inbox.ts";
import { receiptOf } from "./inbox-entry.ts";
import type { DeliverDeps, MessageJob } from "./message-job.ts";

/** The platform's own windows are waited for until shortly before the server gives up on the action. */
const WINDOW_TIMEOUT_MS = 540_000;

/** A message on its way by the platform. `takeAway` closes what still asks. */
export type PlatformDelivery = { showing: Promise<MessageOutcome>; withdraw(): void };

/** Shows by the platform's ways, to everybody whose tray has not answered. What became of it is kept for their inbox. */
export function showByPlatform(
  { clock, inbox, messages }: DeliverDeps,
  message: NewMessage,
  job: MessageJob,
  answered: readonly string[],
  onShown: () => void,
): PlatformDelivery {
  const over = new AbortController();
  const cancelLimit = clock.after(WINDOW_TIMEOUT_MS, () => over.abort());
  const giveUp = AbortSignal.any([job.cancelRequested, job.stopping, over.signal]);
  const { id, title, text, urgency, buttons } = message;
  const showing = messages
    .show({ title, text, urgency, buttons }, onShown, giveUp, answered)
    .finally(cancelLimit);
  return {
    showing: showing.then((outcome) => keep(inbox, clock.wallMs(), id, outcome)),
    withdraw: () => over.abort(),
  };
}

async function keep(
  inbox: Inbox,
  nowMs: number,
  id: string,
  outcome: MessageOutcome,
): Promise<MessageOutcome> {
  for (const { user, by } of outcome.shown)
    await inbox.note(id, user, { shownAtMs: nowMs, by, notShown: null });
  for (const { user, reason } of outcome.notShown) {
    const entry = inbox.find(id);
    if (entry && !receiptOf(entry, user)?.shownAtMs) await inbox.note(id, user, { notShown: reason });
  }
  const [first] = outcome.shown;
  const entry = inbox.find(id);
  if (outcome.pressed !== null && first && entry?.pressed === null && entry.buttons.includes(outcome.pressed))
    await inbox.change(id, { pressed: { user: first.user, button: outcome.pressed } });
  return outcome;
}
