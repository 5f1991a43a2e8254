import type { AuditPage, AuditQuery } from "@muster/shared/contracts/audit.ts";
import type { z } from "zod";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import { type AuditRow, findEndOfSlice, searchAuditSlice } from "./audit.repository.ts";
import { toAuditEntry } from "./audit-entry.ts";
import type { Tenant } from "../../platform/tenant.ts";

/** Entries of one search statement. */
const SLICE_ENTRIES = 2_000;

type AuditSearch = { tenant: Tenant; query: AuditQuery };

/**
 * The entries that the tenant reaches and that fit a filter, newest first. A page ends early when its time is over: it may have fewer
 * entries than its limit although there is a next page. Throws `bad-request` for an invalid cursor.
 */
export const auditSearch: Read<AuditSearch, z.infer<typeof AuditPage>> = {
  name: "audit.search",
  open:
    ({ read }) =>
    async ({ tenant, query }, turn) => {
      const { limit, before: first } = readIdPage(query);
      const oldest = query.since ? firstIdAt(query.since) : null;
      const found: AuditRow[] = [];
      let before = earlier(first, query.until ? firstIdAt(query.until) : null);
      do {
        const slice = await findEndOfSlice(read, tenant, before, SLICE_ENTRIES);
        const isLast = slice === null || (oldest !== null && slice <= oldest);
        const end = isLast ? oldest : slice;
        const range = { before, end, limit: limit + 1 - found.length };
        found.push(...(await searchAuditSlice(read, tenant, range, query)));
        if (found.length > limit || isLast) return toIdPage(found, limit, toAuditEntry);
        before = slice;
        await turn.pause();
      } while (turn.hasTime());
      return { items: found.map(toAuditEntry), nextCursor: before };
    },
};

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** A text below every id that was made at this instant or later, and above all earlier ones: ids begin with their time. */
function firstIdAt(instant: string): string {
  const time = Math.max(0, Date.parse(instant)).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
