import type { ActivityRecord } from "@muster/shared/contracts/local-agent.ts";
import type { Clock } from "../../platform/ports.ts";
import { compareRecords } from "./compare-records.ts";
import { fitRecord } from "./fit-record.ts";
import type { ActionRecords } from "./people.ts";

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
