import { type Audit, systemActor } from "../../identity/index.ts";
import type { ListingFacts } from "../devices/listing.ts";
import type { ReceivedReport, StoredReport } from "./ingest-row.ts";

/** The statement that records a suspected clone in the audit log; ingest runs it in the transaction of the report. */
export type CloneAudit = (
  received: Pick<ReceivedReport, "orgId" | "deviceId">,
  facts: Pick<ListingFacts, "label" | "hostname">,
) => { sql: string; parameters: readonly unknown[] };

export function createCloneAudit(audit: Pick<Audit, "statementOf">): CloneAudit {
  return ({ orgId, deviceId }, { label, hostname }) =>
    audit.statementOf({
      orgId,
      actor: systemActor,
      action: "device.clone-suspected",
      subject: { type: "device", id: deviceId, name: label ?? hostname },
      details: { reason: "two boot ids take turns under its credential" },
      requestId: null,
    });
}

/** Whether this report is the one that raised the suspicion. */
export function raisesSuspicion({ device }: Pick<StoredReport, "device">): boolean {
  return device?.clone_suspected_at !== undefined && device.clone_suspected_at !== null;
}
