import { AuditPage, AuditQuery } from "@muster/shared/contracts/audit.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { auditSearch } from "./audit-search.ts";
import type { Audit } from "./audit.service.ts";

export function createAuditRoutes({ audit, reads }: { audit: Audit; reads: Reads }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/audit",
        operationId: "listAuditEntries",
        summary: "Who changed what, newest first",
        group: "Audit",
        access: { by: "member", role: "admin", scope: "read" },
        query: AuditQuery,
        answer: AuditPage,
        status: 200,
      },
      async ({ caller: { orgId }, query, signal }) => {
        const { limit, cursor, ...filter } = query;
        const isFiltered = Object.values(filter).some((value) => value !== undefined && value !== "");
        if (!isFiltered) return audit.list(orgId, { limit, cursor });
        return reads.run(auditSearch, { orgId, query }, { orgId, signal });
      },
    ),
  ];
}
