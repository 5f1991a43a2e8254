import type { ActivityRecord, RecordedAction } from "@muster/shared/contracts/local-agent.ts";
import { compareRecords } from "./activity-record.ts";
import type { ActionRecords } from "./local-users.ts";
import type { Clock } from "../../platform/ports.ts";

/** Everybody's windows within this time are told the same: who asks often takes nothing of what the server allows this device. */
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
  const outcome = await records.askRecord();
  const nowMs = clock.wallMs();
  const server = outcome.kind === "read" ? outcome.record.actions : null;
  return {
    actions: fitRecord(compareRecords(records.journal(), server, nowMs)),
    compared: outcome.kind === "read" ? { kind: "yes", atMs: nowMs } : { kind: "no", reason: outcome.reason },
  };
}

const MOST_ACTIONS = 1000;
/** With the rest of 1000 actions that were cut, below what one answer of the local protocol may have. */
const MOST_WHOLE_BYTES = 3_000_000;
const CUT_LENGTH = 100;

/**
 * The newest actions, each of which stays in the record: beyond what one answer may have only their words are cut, so that nobody
 * hides what was done behind long texts.
 */
function fitRecord(newestFirst: readonly RecordedAction[]): RecordedAction[] {
  let leftBytes = MOST_WHOLE_BYTES;
  return newestFirst.slice(0, MOST_ACTIONS).map((action) => {
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
