import type { DeviceRecordEntry } from "@muster/shared/contracts/action-delivery.ts";
import type { RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import type { JournalEntry } from "../actions/journal-entry.ts";

/** The journal forgets what is older. */
const KEPT_MS = 31 * 86_400_000;
/** As many as the server tells: what is older than all of them it may know as well. */
const MOST_TOLD = 500;

type End = NonNullable<RecordedAction["here"]>;

/**
 * The journal of this device beside the server's record, newest first. `server` is null where it could not be asked: then nothing is
 * said to differ.
 */
export function compareRecords(
  journal: readonly JournalEntry[],
  server: readonly DeviceRecordEntry[] | null,
  nowMs: number,
): RecordedAction[] {
  const told = new Map((server ?? []).map((entry) => [entry.id, entry]));
  const known = new Set(journal.map(({ id }) => id));
  const oldestMs =
    server && server.length >= MOST_TOLD ? Math.min(...server.map(({ askedAt }) => askedAt)) : 0;
  const here = journal.map((entry) => {
    const there = told.get(entry.id);
    const mayBeUntold = server === null || (there === undefined && entry.acceptedAtMs < oldestMs);
    return fromJournal(entry, there, mayBeUntold);
  });
  const there = (server ?? []).filter(({ id }) => !known.has(id)).map((entry) => fromServer(entry, nowMs));
  return [...here, ...there].toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

function fromJournal(
  entry: JournalEntry,
  there: DeviceRecordEntry | undefined,
  mayBeUntold: boolean,
): RecordedAction {
  return {
    id: entry.id,
    type: entry.type,
    askedBy: entry.askedBy ?? there?.askedBy ?? null,
    why: reasonIn(entry.payload),
    askedAtMs: there?.askedAt ?? null,
    here: endHere(entry),
    ...(mayBeUntold ? {} : { server: there ? endThere(there) : null }),
    differs: !mayBeUntold && (there === undefined || isToldDifferently(entry, there)),
  };
}

/** The device knows nothing of it: right for what never reached it, and for what the journal has forgotten. */
function fromServer(there: DeviceRecordEntry, nowMs: number): RecordedAction {
  const { id, type, askedBy, askedAt, startedAt } = there;
  const differs = startedAt !== null && startedAt > nowMs - KEPT_MS;
  return { id, type, askedBy, why: null, askedAtMs: askedAt, here: null, server: endThere(there), differs };
}

/** One that has ended on one side alone is on its way to the other. Both end an action that was not started as they see it. */
function isToldDifferently(entry: JournalEntry, there: DeviceRecordEntry): boolean {
  if (entry.type !== there.type) return true;
  const here = endHere(entry);
  const server = endThere(there);
  if (isOpen(here) && isOpen(server)) return false;
  if (isOpen(server)) return entry.reported !== null;
  if (isOpen(here)) return entry.started !== null;
  if (entry.started === null && isWithdrawn(here) && isWithdrawn(server)) return false;
  if (here.outcome !== server.outcome) return true;
  return here.outcome === "error" && codeOf(entry) !== there.errorCode;
}

const isOpen = ({ outcome }: End) => outcome === "waiting" || outcome === "under-way";
const isWithdrawn = ({ outcome }: End) => outcome === "cancelled" || outcome === "expired";

function codeOf({ ended }: JournalEntry): string | null {
  return ended?.end.outcome === "error" ? ended.end.code : null;
}

function endHere({ started, ended }: JournalEntry): End {
  const end = ended?.end;
  return {
    startedAtMs: started?.atMs ?? null,
    endedAtMs: ended?.atMs ?? null,
    outcome: end?.outcome ?? (started ? "under-way" : "waiting"),
    message: end?.outcome === "error" ? `${end.code}: ${end.message}`.slice(0, 500) : null,
  };
}

const OUTCOMES: Readonly<Record<DeviceRecordEntry["state"], End["outcome"]>> = {
  pending: "waiting",
  delivered: "waiting",
  executing: "under-way",
  done: "done",
  error: "error",
  expired: "expired",
  cancelled: "cancelled",
};

function endThere({ startedAt, endedAt, state, errorCode }: DeviceRecordEntry): End {
  return { startedAtMs: startedAt, endedAtMs: endedAt, outcome: OUTCOMES[state], message: errorCode };
}

/** The text of a message, or the reason that came with a reboot. */
function reasonIn({ text, message }: Record<string, unknown>): string | null {
  const reason = typeof text === "string" ? text : message;
  return typeof reason === "string" && reason !== "" ? reason.slice(0, 4000) : null;
}
