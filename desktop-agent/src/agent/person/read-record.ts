import type { ItRecord } from "@muster/shared/contracts/local-agent.ts";
import type { Clock } from "../../platform/ports.ts";
import { compareRecords } from "./compare-records.ts";
import type { ActionRecords } from "./people.ts";

const MOST_ACTIONS = 1000;

/** What IT did here, by both records where the server can be asked. */
export async function readRecord(records: ActionRecords | null, clock: Clock): Promise<ItRecord> {
  if (!records) return { actions: [], compared: { kind: "no", reason: "this device is not enrolled" } };
  const outcome = await records.askRecord();
  const nowMs = clock.wallMs();
  const server = outcome.kind === "read" ? outcome.record.actions : null;
  return {
    actions: compareRecords(records.journal(), server, nowMs).slice(0, MOST_ACTIONS),
    compared: outcome.kind === "read" ? { kind: "yes", atMs: nowMs } : { kind: "no", reason: outcome.reason },
  };
}
