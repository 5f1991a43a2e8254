import { AuditEntry } from "@muster/shared/contracts/audit.ts";
import { toInstant } from "../../platform/instant.ts";
import type { AuditRow } from "./audit.repository.ts";

export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: toInstant(row.at),
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    details: AuditEntry.shape.details.parse(JSON.parse(row.details)),
    requestId: row.request_id,
  };
}
