import { PublicStatus, StatusPageSettings, StatusPageChange } from "@muster/shared/contracts/status-page.ts";
import { actorOf } from "../../identity/index.ts";
import { type Access, type Route, route } from "../../platform/http/route.ts";
import type { StatusPageService } from "./status-page.service.ts";

// The page is of the whole organization, so a caller with a customer limit has none.
const READ = { by: "member", role: "viewer", scope: "read" } as const satisfies Access;
const ADMINISTER = { by: "member", role: "admin", scope: "write" } as const satisfies Access;
const group = "Status page";

/** The status page as members see and change it. */
export function createStatusPageRoutes(deps: {
  pages: StatusPageService;
  preview: (orgId: string) => Promise<PublicStatus>;
}): Route[] {
  const { pages, preview } = deps;
  return [
    route(
      {
        method: "get",
        path: "/api/v1/status-page",
        operationId: "getStatusPage",
        summary: "The public status page of the organization",
        group,
        access: READ,
        answer: StatusPageSettings,
        hasVersion: true,
        status: 200,
      },
      ({ caller }) => pages.get(caller.orgId),
    ),
    route(
      {
        method: "patch",
        path: "/api/v1/status-page",
        operationId: "updateStatusPage",
        summary: "Change the public status page, or switch it on or off",
        group,
        access: ADMINISTER,
        body: StatusPageChange,
        answer: StatusPageSettings,
        hasVersion: true,
        needsVersion: true,
        status: 200,
      },
      ({ caller, body, version, requestId }) =>
        pages.change(caller.orgId, { change: body, version }, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "post",
        path: "/api/v1/status-page/new-address",
        operationId: "renewStatusPageAddress",
        summary: "Give the status page a new address; the former one stops working immediately",
        group,
        access: ADMINISTER,
        answer: StatusPageSettings,
        hasVersion: true,
        status: 200,
      },
      ({ caller, requestId }) => pages.renewAddress(caller.orgId, { actor: actorOf(caller), requestId }),
    ),
    route(
      {
        method: "get",
        path: "/api/v1/status-page/preview",
        operationId: "previewStatusPage",
        summary: "What visitors of the status page read, also while it is switched off",
        group,
        access: READ,
        answer: PublicStatus,
        status: 200,
      },
      ({ caller }) => preview(caller.orgId),
    ),
  ];
}
