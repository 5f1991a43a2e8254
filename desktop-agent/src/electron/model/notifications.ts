import type { InboxMessage, LocalView, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import type { UnreadAnswer } from "@muster/shared/contracts/local-support.ts";
import type { WindowName } from "../ipc-contract.ts";

/** Something that the tray does on its own. */
export type NotificationAction =
  /** Shows the message, and acknowledges it to the agent. */
  | { kind: "message"; message: InboxMessage }
  /** Reports to the agent that the message was not shown because the screen is locked. */
  | { kind: "withheld"; messageId: string }
  /** Shows an answer of IT to a help request. */
  | { kind: "answer"; answer: UnreadAnswer }
  | { kind: "reboot-planned"; reboot: PlannedReboot }
  | { kind: "reboot-soon"; reboot: PlannedReboot; minutes: number }
  | { kind: "open"; window: WindowName };

/** What the tray has announced since it started. */
type NotificationHistory = {
  messages: Readonly<Record<string, "shown" | "withheld">>;
  /** Ids of announced answers to help requests. */
  answers: readonly string[];
  /** Action ids of announced reboots. */
  planned: readonly string[];
  /** Reboots announced in their last minutes, each with its time: a postponed one is announced again. */
  soon: readonly string[];
};

export const EMPTY_HISTORY: NotificationHistory = { messages: {}, answers: [], planned: [], soon: [] };

/** How often a locked screen is checked while a message waits: some desktops send no event when it is unlocked. */
export const LOCK_CHECK_INTERVAL_MS = 5000;

/** This long before a reboot it is announced again, and its window opens. */
export const SOON_MS = 5 * 60_000;

export type NotificationInput = {
  view: LocalView;
  /** The inbox. Only the messages in `view.unshownMessages` are needed. */
  messages: readonly InboxMessage[];
  isLocked: boolean;
  nowMs: number;
};

/** What to do now. `nextCheckAtMs`: when to check again even if nothing changes. */
type NotificationDecision = {
  actions: NotificationAction[];
  history: NotificationHistory;
  nextCheckAtMs: number | null;
};

/** Announces each message once, but not while the screen is locked, and each reboot when it is planned and again in its last minutes. */
export function decideNotifications(
  history: NotificationHistory,
  input: NotificationInput,
): NotificationDecision {
  const message = decideMessages(history, input);
  const reboot = decideReboot(history, input);
  const answers = decideAnswers(history, input);
  const isWithholding = input.isLocked && isWaiting(input.view);
  return {
    actions: [...message.actions, ...answers.actions, ...reboot.actions],
    history: { ...reboot.history, messages: message.announced, answers: answers.announced },
    nextCheckAtMs: earliest(
      reboot.nextCheckAtMs,
      isWithholding ? input.nowMs + LOCK_CHECK_INTERVAL_MS : null,
    ),
  };
}

/** Whether something waits to be shown to the user, so that it matters whether the screen is locked. */
export function isWaiting({ unshownMessages, support }: LocalView): boolean {
  return unshownMessages.length > 0 || support.unreadAnswers.length > 0;
}

function decideAnswers(history: NotificationHistory, { view, isLocked }: NotificationInput) {
  const { unreadAnswers } = view.support;
  const unread = new Set(unreadAnswers.map(({ message }) => message));
  const announced = history.answers.filter((id) => unread.has(id));
  if (isLocked) return { actions: [], announced };
  const fresh = unreadAnswers.filter(({ message }) => !announced.includes(message));
  const actions = fresh.map((answer): NotificationAction => ({ kind: "answer", answer }));
  return { actions, announced: [...announced, ...fresh.map(({ message }) => message)] };
}

function earliest(...instantsMs: (number | null)[]): number | null {
  const known = instantsMs.filter((atMs) => atMs !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

/** Whether the inbox has to be read to decide. */
export function hasUnannounced(history: NotificationHistory, view: LocalView, isLocked: boolean): boolean {
  return view.unshownMessages.some((id) => isUnannounced(history, id, isLocked));
}

function isUnannounced({ messages }: NotificationHistory, id: string, isLocked: boolean): boolean {
  const announced = messages[id];
  return announced === undefined || (announced === "withheld" && !isLocked);
}

function decideMessages(history: NotificationHistory, { view, messages, isLocked }: NotificationInput) {
  const announced = { ...history.messages };
  const actions: NotificationAction[] = [];
  for (const id of view.unshownMessages) {
    const message = messages.find((one) => one.id === id);
    if (!message || !isUnannounced(history, id, isLocked)) continue;
    announced[id] = isLocked ? "withheld" : "shown";
    actions.push(isLocked ? { kind: "withheld", messageId: id } : { kind: "message", message });
  }
  const isUrgent = actions.some((action) => action.kind === "message" && action.message.urgency === "urgent");
  if (isUrgent) actions.push({ kind: "open", window: "messages" });
  return { actions, announced };
}

function decideReboot(
  history: NotificationHistory,
  { view, nowMs }: NotificationInput,
): NotificationDecision {
  const { reboot } = view;
  if (!reboot) return { actions: [], history, nextCheckAtMs: null };
  const { actionId, dueAtMs } = reboot;
  const planned = history.planned.includes(actionId) ? history.planned : [...history.planned, actionId];
  if (nowMs >= dueAtMs - SOON_MS) {
    const time = `${actionId}@${dueAtMs}`;
    if (history.soon.includes(time)) return { actions: [], history, nextCheckAtMs: null };
    const minutes = Math.max(1, Math.ceil((dueAtMs - nowMs) / 60_000));
    const actions: NotificationAction[] = [
      { kind: "reboot-soon", reboot, minutes },
      { kind: "open", window: "reboot" },
    ];
    return { actions, history: { ...history, planned, soon: [...history.soon, time] }, nextCheckAtMs: null };
  }
  const isNew = planned !== history.planned;
  return {
    actions: isNew ? [{ kind: "reboot-planned", reboot }] : [],
    history: { ...history, planned },
    nextCheckAtMs: dueAtMs - SOON_MS,
  };
}
