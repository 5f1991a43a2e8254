import { setImmediate } from "node:timers/promises";
import { AuditEntry, type AuditPage } from "@muster/shared/contracts/identity.ts";
import type { Transaction } from "kysely";
import type { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { toInstant } from "../../platform/instant.ts";
import { type IdPage, readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { Actor } from "./actor.ts";
import {
  type AuditRow,
  findEndOfSlice,
  insertAuditEntry,
  readAuditEntries,
  searchAuditSlice,
} from "./audit.repository.ts";

/** Entries of one search query: on SQLite it blocks the event loop. */
const SEARCH_SLICE_ENTRIES = 2_000;
/** Slices that one request searches at most. Then the page ends early, and the next page continues there. */
const MAX_SEARCH_SLICES = 250;

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
  /** Writes one entry. Call it in the transaction of the change itself, so that both are stored or neither. */
  record(tx: Transaction<Tables>, entry: AuditRecord): Promise<void>;
  /** The statement that writes one entry, for transactions outside Kysely. */
  statementOf(entry: AuditRecord): { sql: string; parameters: readonly unknown[] };
  /**
   * Entries of an organization, newest first. A search may return a page with fewer entries than its limit although there is a next
   * page. Throws `bad-request` for an invalid cursor.
   */
  list(
    orgId: string,
    query: { limit: number; cursor?: string | undefined; search?: string | undefined },
  ): Promise<z.infer<typeof AuditPage>>;
};

export function createAudit(deps: { store: Store; clock: Clock; makeId: MakeId }): Audit {
  const { store, clock, makeId } = deps;

  async function search(orgId: string, { limit, before: first }: IdPage, text: string) {
    const found: AuditRow[] = [];
    let before = first;
    for (let slices = 0; slices < MAX_SEARCH_SLICES; slices += 1) {
      const end = await findEndOfSlice(store.read, orgId, before, SEARCH_SLICE_ENTRIES);
      const slice = { before, end, limit: limit + 1 - found.length };
      found.push(...(await searchAuditSlice(store.read, orgId, slice, text)));
      if (found.length > limit || end === null) return toIdPage(found, limit, toEntry);
      before = end;
      await setImmediate();
    }
    return { items: found.map(toEntry), nextCursor: before };
  }

  const rowOf = (entry: AuditRecord) => toRow(entry, makeId(), clock.now());

  return {
    async record(tx, entry) {
      await insertAuditEntry(tx, rowOf(entry)).execute();
    },
    statementOf: (entry) => insertAuditEntry(store.read, rowOf(entry)).compile(),
    async list(orgId, query) {
      const page = readIdPage(query);
      if (query.search) return search(orgId, page, query.search.toLowerCase());
      return toIdPage(await readAuditEntries(store.read, orgId, page), page.limit, toEntry);
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
    search_text: searchedFields.join("\n").toLowerCase(),
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
