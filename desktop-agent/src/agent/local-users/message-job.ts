import { type ChangeSignal, waitUntil } from "./change-signal.ts";
import { outcomeOf } from "./inbox-entry.ts";
import type { Inbox } from "./inbox.ts";
import type { Clock, MessageOutcome, MessagePort } from "../../platform/ports.ts";

/** Receives the progress of a message, and can end it. */
export type MessageJob = {
  cancelRequested: AbortSignal;
  stopping: AbortSignal;
  /** It was shown to a user. `forMs`: how long an answer is waited for, null when the server need not wait longer. */
  shown(forMs: number | null): void;
  /** Not every user can see it now, for these reasons; they are waited for. */
  heldBack(forMs: number, reason: string): void;
};

/**
 * `cancelled`: before a user had seen it. `unfinished`: the agent ends, and its next run continues. `unknown`: an earlier run began, and
 * how far it came is unknown.
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
  /** The agent runs in one user's tray and reaches no other user. */
  isSingleUser: boolean;
};

/** Waits for users, or until the message is to end. */
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

/** Reports once that a user was shown it: by `shown`, or as soon as the inbox has it. */
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

/** Reports which users are waited for, and why. With buttons only while no user has seen it: one answer is enough. */
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
