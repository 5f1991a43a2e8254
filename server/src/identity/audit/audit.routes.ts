import { AuditPage, AuditQuery } from "@muster/shared/contracts/audit.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import { auditSearch } from "./audit-search.ts";
import type { Audit } from "./audit.service.ts";
import { tenantOf } from "../../platform/tenant.ts";

export function createAuditRoutes({ audit, reads }: { audit: Audit; reads: Reads }): Route[] {
  return [
    route(
      {
        method: "get",
        path: "/api/v1/audit",
        operationId: "listAuditEntries",
        summary: "List the audit log, newest entries first",
        group: "Audit",
        access: { by: "member", role: "admin", scope: "read", appliesCustomerLimit: true },
        query: AuditQuery,
        answer: AuditPage,
        status: 200,
      },
      async ({ caller, query, signal }) => {
        const { limit, cursor, ...filter } = query;
        const isFiltered = Object.values(filter).some((value) => value !== undefined && value !== "");
        if (!isFiltered) return audit.list(caller, { limit, cursor });
        return reads.run(auditSearch, { tenant: tenantOf(caller), query }, { orgId: caller.orgId, signal });
      },
    ),
  ];
}
