import type { AuditAction, AuditEntry, AuditPage } from "@muster/shared/contracts/audit.ts";
import type { Transaction } from "kysely";
import type { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { Actor } from "./actor.ts";
import { toAuditEntry } from "./audit-entry.ts";
import { type AuditRow, insertAuditEntries, readAuditEntries } from "./audit.repository.ts";
import type { Tenant } from "../../platform/tenant.ts";

export type AuditRecord = {
  orgId: string;
  actor: Actor;
  action: AuditAction;
  subject: AuditEntry["subject"];
  /** The customer that the change is about: members who are limited to it see the entry. Left out for what only others see. */
  customerId?: string | null;
  /** Facts of the change, never a secret; `changes` are made by `changesOf`. */
  details?: Record<string, unknown>;
  requestId: string | null;
};

export type Audit = {
  /** Writes one entry. Call it in the transaction of the change itself, so that both are stored or neither. */
  record(tx: Transaction<Tables>, entry: AuditRecord): Promise<void>;
  /** Writes several entries of one transaction in one statement. */
  recordAll(tx: Transaction<Tables>, entries: readonly AuditRecord[]): Promise<void>;
  /** The statement that writes one entry, for transactions outside Kysely. */
  statementOf(entry: AuditRecord): { sql: string; parameters: readonly unknown[] };
  /** Entries that the tenant reaches, newest first. Throws `bad-request` for an invalid cursor. */
  list(
    tenant: Tenant,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<z.infer<typeof AuditPage>>;
};

export function createAudit(deps: { store: Store; clock: Clock; makeId: MakeId }): Audit {
  const { store, clock, makeId } = deps;

  const rowOf = (entry: AuditRecord) => toRow(entry, makeId(), clock.now());

  return {
    async record(tx, entry) {
      await insertAuditEntries(tx, [rowOf(entry)]).execute();
    },
    async recordAll(tx, entries) {
      if (entries.length > 0) await insertAuditEntries(tx, entries.map(rowOf)).execute();
    },
    statementOf: (entry) => insertAuditEntries(store.read, [rowOf(entry)]).compile(),
    async list(tenant, query) {
      const page = readIdPage(query);
      return toIdPage(await readAuditEntries(store.read, tenant, page), page.limit, toAuditEntry);
    },
  };
}

function toRow(entry: AuditRecord, id: string, at: number): AuditRow {
  const { actor, subject } = entry;
  const details = JSON.stringify(entry.details ?? {});
  const searchedFields = [
    entry.action,
    actor.type,
    actor.name,
    subject.type,
    subject.id,
    subject.name,
    details,
  ];
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
    customer_id: entry.customerId ?? null,
    search_text: searchedFields.join("\n").toLowerCase(),
  };
}
