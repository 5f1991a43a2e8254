import { AuditEntry, type AuditPage } from "@muster/shared/contracts/identity.ts";
import type { Transaction } from "kysely";
import type { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { toInstant } from "../../platform/instant.ts";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { Actor } from "./actor.ts";
import { type AuditRow, insertAuditEntry, readAuditEntries } from "./audit.repository.ts";

export type AuditRecord = {
  orgId: string;
  actor: Actor;
  /** subject.verb: "device.archived". */
  action: string;
  subject: AuditEntry["subject"];
  /** Facts of the change, never a secret. */
  details?: Record<string, unknown>;
  requestId: string | null;
};

export type Audit = {
  /** Writes one entry. To be called in the transaction of the change itself: neither is there without the other. */
  record(tx: Transaction<Tables>, entry: AuditRecord): Promise<void>;
  /** Entries of an organization, newest first. Throws `bad-request` for a foreign cursor. */
  list(
    orgId: string,
    query: { limit: number; cursor?: string | undefined; search?: string | undefined },
  ): Promise<z.infer<typeof AuditPage>>;
};

export function createAudit(deps: { store: Store; clock: Clock; makeId: MakeId }): Audit {
  const { store, clock, makeId } = deps;
  return {
    record: (tx, entry) => insertAuditEntry(tx, toRow(entry, makeId(), clock.now())),
    async list(orgId, query) {
      const page = readIdPage(query);
      const search = query.search?.toLowerCase() || null;
      const rows = await readAuditEntries(store.read, orgId, page, search);
      return toIdPage(rows, page.limit, toEntry);
    },
  };
}

function toRow(entry: AuditRecord, id: string, at: number): AuditRow {
  const { actor, subject } = entry;
  const details = JSON.stringify(entry.details ?? {});
  const searched = [entry.action, actor.type, actor.name, subject.type, subject.id, subject.name, details];
  return {
    id,
    org_id: entry.orgId,
    at,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    action: entry.action,
    subject_type: subject.type,
    subject_id: subject.id,
    subject_name: subject.name,
    details,
    request_id: entry.requestId,
    search_text: searched.join("\n").toLowerCase(),
  };
}

function toEntry(row: AuditRow): AuditEntry {
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
