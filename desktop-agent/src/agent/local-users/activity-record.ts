import type { DeviceRecordEntry } from "@muster/shared/contracts/action-delivery.ts";
import type { ActivityRecord, RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { cutToLength } from "@muster/shared/contracts/text-length.ts";
import type { JournalEntry } from "../actions/journal-entry.ts";
import type { ActionRecords } from "./local-users.ts";
import type { Clock } from "../../platform/ports.ts";

/** The journal drops older entries. */
const KEPT_MS = 31 * 86_400_000;
/** The server sends at most this many entries: it may have older ones too. */
const MAX_SERVER_ENTRIES = 500;

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
  const byId = new Map((server ?? []).map((entry) => [entry.id, entry]));
  const known = new Set(journal.map(({ id }) => id));
  const oldestMs =
    server && server.length >= MAX_SERVER_ENTRIES ? Math.min(...server.map(({ askedAt }) => askedAt)) : 0;
  const here = journal.map((entry) => {
    const there = byId.get(entry.id);
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
    message: end?.outcome === "error" ? cutToLength(`${end.code}: ${end.message}`, 500) : null,
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
  return typeof reason === "string" && reason !== "" ? cutToLength(reason, 4000) : null;
}

/** Requests within this time share one answer, so that they do not use up what the server allows this device. */
const SHARED_MS = 5000;

/** Reads what IT did here, by both records where the server can be asked. */
export function createRecordReader(
  records: () => ActionRecords | null,
  clock: Clock,
): () => Promise<ActivityRecord> {
  let last: { of: ActionRecords; atMs: number; read: Promise<ActivityRecord> } | null = null;

  return async () => {
    const of = records();
    if (!of) return { actions: [], compared: { kind: "no", reason: "this device is not enrolled" } };
    const nowMs = clock.monotonicMs();
    if (last?.of !== of || nowMs - last.atMs >= SHARED_MS)
      last = { of, atMs: nowMs, read: readRecord(of, clock) };
    return last.read;
  };
}

async function readRecord(records: ActionRecords, clock: Clock): Promise<ActivityRecord> {
  const outcome = await records.fetchRecord();
  const nowMs = clock.wallMs();
  const server = outcome.kind === "read" ? outcome.record.actions : null;
  return {
    actions: fitRecord(compareRecords(records.journal(), server, nowMs)),
    compared: outcome.kind === "read" ? { kind: "yes", atMs: nowMs } : { kind: "no", reason: outcome.reason },
  };
}

/** The record as one user may read it: that a message was sent to somebody else is no secret, its text is. */
export function withoutMessagesOfOthers(
  record: ActivityRecord,
  isOwn: (actionId: string) => boolean,
): ActivityRecord {
  const actions = record.actions.map((action) =>
    action.type === "message" && !isOwn(action.id) ? { ...action, why: null } : action,
  );
  return { ...record, actions };
}

const MAX_ACTIONS = 1000;
/** With the rest of 1000 actions that were cut, below what one answer of the local protocol may have. */
const MAX_WHOLE_BYTES = 3_000_000;
const CUT_LENGTH = 100;

/**
 * The newest actions. Beyond the size of one answer only their texts are cut, so that long texts cannot
 * hide an action.
 */
function fitRecord(newestFirst: readonly RecordedAction[]): RecordedAction[] {
  let leftBytes = MAX_WHOLE_BYTES;
  return newestFirst.slice(0, MAX_ACTIONS).map((action) => {
    leftBytes -= Buffer.byteLength(JSON.stringify(action));
    return leftBytes >= 0 ? action : cut(action);
  });
}

function cut(action: RecordedAction): RecordedAction {
  const { why, here } = action;
  return {
    ...action,
    why: why === null || why.length <= CUT_LENGTH ? why : `${why.slice(0, CUT_LENGTH - 1)}…`.toWellFormed(),
    here: here && { ...here, message: here.message?.slice(0, CUT_LENGTH).toWellFormed() ?? null },
  };
}
