import type { DeviceHelpRequest } from "@muster/shared/contracts/device-support.ts";
import type { LocalView } from "@muster/shared/contracts/local-agent.ts";
import type {
  LocalHelpMessage,
  LocalHelpRequest,
  UnreadAnswer,
} from "@muster/shared/contracts/local-support.ts";
import type { Outgoing } from "./outgoing.ts";
import type { StoredSupport } from "./support-store.ts";

/** What one user sees of alarms and their own help requests. */
export function supportViewOf(stored: StoredSupport, user: string): Omit<LocalView["support"], "revision"> {
  return { alarms: stored.known?.alarms ?? [], unreadAnswers: unreadAnswersOf(stored, user) };
}

function unreadAnswersOf(stored: StoredSupport, user: string): UnreadAnswer[] {
  const read = readIdsOf(sinceLastReadOf(stored));
  return ownRequests(stored, user).flatMap(({ id, messages }) =>
    messages
      .filter((message) => message.isFromIt && !message.isRead && !read.has(message.id))
      .map((message) => ({ request: id, message: message.id, author: message.author, text: message.text })),
  );
}

/** The requests of one user, newest first: what the server knew when it was read last, and what this device sent or could not send since. */
export function requestsOf(stored: StoredSupport, user: string): LocalHelpRequest[] {
  const since = sinceLastReadOf(stored);
  const known = ownRequests(stored, user).map((request) => knownRequest(request, since));
  const ids = new Set(known.map(({ id }) => id));
  const others = since.flatMap((one) => unknownRequest(one, user, since) ?? []);
  return [...others.filter(({ id }) => !ids.has(id)), ...known].toSorted((a, b) => b.askedAtMs - a.askedAtMs);
}

/** Something of this device that the last answer of the server may not contain. */
type Since = { what: Outgoing; sending: LocalHelpMessage["sending"]; reason: string | null };

function sinceLastReadOf({ sent, refused, outgoing }: StoredSupport): Since[] {
  return [
    ...sent.map((what): Since => ({ what, sending: "sent", reason: null })),
    ...refused.map(({ what, reason }): Since => ({ what, sending: "refused", reason })),
    ...outgoing.map((what): Since => ({ what, sending: "waiting", reason: null })),
  ];
}

function ownRequests({ known }: StoredSupport, user: string): DeviceHelpRequest[] {
  return (known?.requests ?? []).filter(({ askedBy }) => askedBy === user);
}

function knownRequest(request: DeviceHelpRequest, since: readonly Since[]): LocalHelpRequest {
  const { id, text, askedAt, state, takenBy, closedBy } = request;
  const read = readIdsOf(since);
  const messages = request.messages.map(
    ({ at, isRead, ...message }): LocalHelpMessage => ({
      ...message,
      atMs: at,
      isRead: isRead || read.has(message.id),
      sending: "sent",
      reason: null,
    }),
  );
  const known = new Set(messages.map((message) => message.id));
  return {
    id,
    text,
    askedAtMs: askedAt,
    state: isClosing(id, since) ? "closed" : state,
    sending: "sent",
    reason: null,
    takenBy,
    closedBy,
    messages: [...messages, ...repliesTo(id, since).filter((message) => !known.has(message.id))],
  };
}

/** A request that the server's last answer did not contain; null for anything else, and for what the user has closed. */
function unknownRequest(
  { what, sending, reason }: Since,
  user: string,
  since: readonly Since[],
): LocalHelpRequest | null {
  if (what.kind !== "ask" || what.request.askedBy !== user) return null;
  const { id, text, askedAt } = what.request;
  const state = isClosing(id, since) ? "closed" : "open";
  const messages = repliesTo(id, since);
  return { id, text, askedAtMs: askedAt, state, sending, reason, takenBy: null, closedBy: null, messages };
}

function isClosing(id: string, since: readonly Since[]): boolean {
  return since.some(({ what }) => what.kind === "close" && what.requestId === id);
}

/** Replies that the server's last answer did not contain. */
function repliesTo(id: string, since: readonly Since[]): LocalHelpMessage[] {
  return since.flatMap(({ what, sending, reason }): LocalHelpMessage[] => {
    if (what.kind !== "reply" || what.requestId !== id) return [];
    const { user, message, atMs } = what;
    return [{ ...message, isFromIt: false, author: user, atMs, isRead: true, sending, reason }];
  });
}

function readIdsOf(since: readonly Pick<Since, "what">[]): Set<string> {
  return new Set(since.flatMap(({ what }) => (what.kind === "receipts" ? what.receipts.read : [])));
}
