import { AuditPage, AuditQuery } from "@muster/shared/contracts/identity.ts";
import { type Route, route } from "../../platform/http/route.ts";
import type { Audit } from "./audit.service.ts";

export function createAuditRoutes(audit: Audit): Route[] {
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
      ({ caller, query }) => audit.list(caller.orgId, query),
    ),
  ];
}
