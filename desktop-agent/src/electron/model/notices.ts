import type { InboxMessage, LocalView, PlannedReboot } from "@muster/shared/contracts/local-agent.ts";
import type { WindowName } from "../ipc-contract.ts";

/** Something that the tray does by itself. */
export type Notice =
  /** Shows the message, and says so to the agent. */
  | { kind: "message"; message: InboxMessage }
  /** Says to the agent that the message was not shown, because the screen is locked. */
  | { kind: "withheld"; messageId: string }
  | { kind: "reboot-planned"; reboot: PlannedReboot }
  | { kind: "reboot-soon"; reboot: PlannedReboot; minutes: number }
  | { kind: "open"; window: WindowName };

/** What this session of the tray has said before. */
type NoticeMemory = {
  messages: Readonly<Record<string, "shown" | "withheld">>;
  /** Action ids of the reboots that were announced. */
  planned: readonly string[];
  /** Reboots whose last minutes were announced, each with its time: one that was put off is announced again. */
  soon: readonly string[];
};

export const NOTHING_SAID: NoticeMemory = { messages: {}, planned: [], soon: [] };

/** A locked screen is looked at again so often while something waits behind it: not every desktop says that it was unlocked. */
export const LOCKED_LOOK_MS = 5000;

/** A reboot's last minutes are announced from here on, and its window opens. */
export const SOON_MS = 5 * 60_000;

export type NoticeInput = {
  view: LocalView;
  /** The inbox; may lack what is not in `view.unshownMessages`. */
  messages: readonly InboxMessage[];
  isLocked: boolean;
  nowMs: number;
};

/** What to say now. `lookAgainAtMs`: when something will have to be said though nothing else changes. */
type NoticeDecision = { notices: Notice[]; memory: NoticeMemory; lookAgainAtMs: number | null };

/** Each message once for a session, held back while the screen is locked; each reboot when it is planned and in its last minutes. */
export function decideNotices(memory: NoticeMemory, input: NoticeInput): NoticeDecision {
  const messages = messageNotices(memory, input);
  const reboot = rebootNotices(memory, input);
  return {
    notices: [...messages.notices, ...reboot.notices],
    memory: { ...reboot.memory, messages: messages.said },
    lookAgainAtMs: earliest(reboot.lookAgainAtMs, isHoldingBack(input) ? input.nowMs + LOCKED_LOOK_MS : null),
  };
}

const isHoldingBack = ({ view, isLocked }: NoticeInput) => isLocked && view.unshownMessages.length > 0;

function earliest(...instantsMs: (number | null)[]): number | null {
  const known = instantsMs.filter((atMs) => atMs !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

/** Whether the inbox has to be read to decide. */
export function hasUnsaid(memory: NoticeMemory, view: LocalView, isLocked: boolean): boolean {
  return view.unshownMessages.some((id) => isUnsaid(memory, id, isLocked));
}

function isUnsaid({ messages }: NoticeMemory, id: string, isLocked: boolean): boolean {
  const said = messages[id];
  return said === undefined || (said === "withheld" && !isLocked);
}

function messageNotices(memory: NoticeMemory, { view, messages, isLocked }: NoticeInput) {
  const said = { ...memory.messages };
  const notices: Notice[] = [];
  for (const id of view.unshownMessages) {
    const message = messages.find((one) => one.id === id);
    if (!message || !isUnsaid(memory, id, isLocked)) continue;
    said[id] = isLocked ? "withheld" : "shown";
    notices.push(isLocked ? { kind: "withheld", messageId: id } : { kind: "message", message });
  }
  const isUrgent = notices.some((notice) => notice.kind === "message" && notice.message.urgency === "urgent");
  if (isUrgent) notices.push({ kind: "open", window: "messages" });
  return { notices, said };
}

function rebootNotices(memory: NoticeMemory, { view, nowMs }: NoticeInput): NoticeDecision {
  const { reboot } = view;
  if (!reboot) return { notices: [], memory, lookAgainAtMs: null };
  const { actionId, dueAtMs } = reboot;
  const planned = memory.planned.includes(actionId) ? memory.planned : [...memory.planned, actionId];
  if (nowMs >= dueAtMs - SOON_MS) {
    const time = `${actionId}@${dueAtMs}`;
    if (memory.soon.includes(time)) return { notices: [], memory, lookAgainAtMs: null };
    const minutes = Math.max(1, Math.ceil((dueAtMs - nowMs) / 60_000));
    const notices: Notice[] = [
      { kind: "reboot-soon", reboot, minutes },
      { kind: "open", window: "reboot" },
    ];
    return { notices, memory: { ...memory, planned, soon: [...memory.soon, time] }, lookAgainAtMs: null };
  }
  const isNew = planned !== memory.planned;
  return {
    notices: isNew ? [{ kind: "reboot-planned", reboot }] : [],
    memory: { ...memory, planned },
    lookAgainAtMs: dueAtMs - SOON_MS,
  };
}
