import { AuditPage, AuditQuery } from "@muster/shared/contracts/identity.ts";
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
        summary: "Who changed what, newest first",
        group: "Audit",
        access: { by: "member", role: "admin", scope: "read" },
        query: AuditQuery,
        answer: AuditPage,
        status: 200,
      },
      async ({ caller: { orgId }, query: { search, ...page }, signal }) =>
        search
          ? reads.run(auditSearch, { orgId, query: { ...page, search } }, { orgId, signal })
          : audit.list(orgId, page),
    ),
  ];
}
