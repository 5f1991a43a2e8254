import type { AuditPage } from "@muster/shared/contracts/identity.ts";
import type { z } from "zod";
import { readIdPage, toIdPage } from "../../platform/http/id-page.ts";
import type { Read } from "../../platform/read-threads/read.ts";
import { type AuditRow, findEndOfSlice, searchAuditSlice } from "./audit.repository.ts";
import { toAuditEntry } from "./audit-entry.ts";
import type { Tenant } from "../../platform/tenant.ts";

/** Entries of one search statement. */
const SLICE_ENTRIES = 2_000;

type AuditSearch = {
  tenant: Tenant;
  query: { limit: number; cursor?: string | undefined; search: string };
};

/**
 * Searches the entries that the tenant reaches, newest first. A page ends early when its time is over: it may have fewer entries than its
 * limit although there is a next page. Throws `bad-request` for an invalid cursor.
 */
export const auditSearch: Read<AuditSearch, z.infer<typeof AuditPage>> = {
  name: "audit.search",
  open:
    ({ read }) =>
    async ({ tenant, query }, turn) => {
      const { limit, before: first } = readIdPage(query);
      const text = query.search.toLowerCase();
      const found: AuditRow[] = [];
      let before = first;
      do {
        const end = await findEndOfSlice(read, tenant, before, SLICE_ENTRIES);
        const slice = { before, end, limit: limit + 1 - found.length };
        found.push(...(await searchAuditSlice(read, tenant, slice, text)));
        if (found.length > limit || end === null) return toIdPage(found, limit, toAuditEntry);
        before = end;
        await turn.pause();
      } while (turn.hasTime());
      return { items: found.map(toAuditEntry), nextCursor: before };
    },
};
