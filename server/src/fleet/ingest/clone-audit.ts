import { type Audit, systemActor } from "../../identity/index.ts";
import type { DevicesTable } from "../fleet.tables.ts";
import type { AppliedReport, CloneSuspicion, ReceivedReport } from "./ingest-row.ts";

const REASONS: Record<CloneSuspicion, string> = {
  boots: "two boot ids take turns under its credential",
  epochs: "its numbering of reports began anew more than three times within an hour",
};

/** The statement that records a suspected clone in the audit log; ingest runs it in the transaction of the report. */
export type CloneAudit = (
  received: Pick<ReceivedReport, "orgId" | "deviceId">,
  facts: Pick<DevicesTable, "label" | "hostname" | "customer_id">,
  suspicion: CloneSuspicion,
) => { sql: string; parameters: readonly unknown[] };

export function createCloneAudit(audit: Pick<Audit, "statementOf">): CloneAudit {
  return ({ orgId, deviceId }, { label, hostname, customer_id }, suspicion) =>
    audit.statementOf({
      orgId,
      actor: systemActor,
      action: "device.clone-suspected",
      subject: { type: "device", id: deviceId, name: label ?? hostname },
      details: { reason: REASONS[suspicion] },
      customerId: customer_id,
      requestId: null,
    });
}

/** Why this report raises the suspicion; null when it does not. */
export function raisedSuspicion(applied: AppliedReport): CloneSuspicion | null {
  return applied.kind === "stored" ? applied.suspicion : null;
}
