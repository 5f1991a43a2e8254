import type { Inbox } from "./inbox.ts";
import type { DeliverDeps, MessageJob } from "./message-job.ts";
import { outcomeOf } from "./message-outcome.ts";

/** Tells once that somebody was shown it: by `shown`, or as soon as the inbox says so. */
export function tellShown({ bell, inbox }: DeliverDeps, id: string, job: MessageJob, forMs: number | null) {
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

/** Tells who is waited for, and why. With buttons only while nobody has seen it: one answer is enough. */
export function tellHeldBack(inbox: Inbox, id: string, job: MessageJob, forMs: number): void {
  const entry = inbox.find(id);
  if (!entry || (entry.buttons.length > 0 && isShown(inbox, id))) return;
  const reasons = outcomeOf(entry).notShown.map(({ user, reason }) => `${user}: ${reason}`);
  job.heldBack(forMs, reasons.join("; "));
}

function isShown(inbox: Inbox, id: string): boolean {
  const entry = inbox.find(id);
  return entry !== undefined && outcomeOf(entry).shown.length > 0;
}
