import { type ChangeSignal, waitUntil } from "./change-signal.ts";
import { outcomeOf } from "./inbox-entry.ts";
import type { Inbox } from "./inbox.ts";
import type { Clock, MessageOutcome, MessagePort } from "../../platform/ports.ts";

/** How far a message is, and who wants it to end. */
export type MessageJob = {
  cancelRequested: AbortSignal;
  stopping: AbortSignal;
  /** It was shown to somebody. `forMs`: how long an answer is waited for, null when the server need not wait any longer for it. */
  shown(forMs: number | null): void;
  /** Not everybody can see it now, for these reasons; they are waited for. */
  heldBack(forMs: number, reason: string): void;
};

/**
 * `cancelled`: before anybody had seen it. `unfinished`: the agent ends, and its next run goes on. `unknown`: an earlier run began, and
 * nobody knows how far it came.
 */
export type Delivery =
  | { kind: "over"; outcome: MessageOutcome }
  | { kind: "cancelled" }
  | { kind: "unfinished" }
  | { kind: "unknown" };

export type DeliverDeps = {
  clock: Clock;
  changes: ChangeSignal;
  inbox: Inbox;
  messages: MessagePort;
  /** Users whose tray is open. */
  users: () => readonly string[];
  /** The engine runs in the tray of one person, and reaches nobody else. */
  isSingleUser: boolean;
};

/** Waits for people, and for whoever wants the message to end. */
export function waitForUsers(
  { clock, changes }: DeliverDeps,
  isSo: () => boolean,
  timeoutMs: number,
  { cancelRequested, stopping }: MessageJob,
): Promise<"so" | "due" | "cancel-asked" | "stopping"> {
  const signals = [
    ["cancel-asked", cancelRequested],
    ["stopping", stopping],
  ] as const;
  return waitUntil(isSo, { clock, changes, timeoutMs, signals });
}

/** Tells once that somebody was shown it: by `shown`, or as soon as the inbox says so. */
export function reportShown(
  { changes, inbox }: DeliverDeps,
  id: string,
  job: MessageJob,
  forMs: number | null,
) {
  let isTold = false;
  const shown = () => {
    if (!isTold) job.shown(forMs);
    isTold = true;
  };
  const look = () => {
    if (isShown(inbox, id)) shown();
  };
  look();
  return { shown, stop: changes.subscribe(look) };
}

/** Tells who is waited for, and why. With buttons only while nobody has seen it: one answer is enough. */
export function reportHeldBack(inbox: Inbox, id: string, job: MessageJob, forMs: number): void {
  const entry = inbox.find(id);
  if (!entry || (entry.buttons.length > 0 && isShown(inbox, id))) return;
  const reasons = outcomeOf(entry).notShown.map(({ user, reason }) => `${user}: ${reason}`);
  job.heldBack(forMs, reasons.join("; "));
}

function isShown(inbox: Inbox, id: string): boolean {
  const entry = inbox.find(id);
  return entry !== undefined && outcomeOf(entry).shown.length > 0;
}
