import type { SupportContact } from "@muster/shared/contracts/device-support.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Job } from "../../platform/jobs/job.ts";
import { createReadDeviceSupport } from "./device-support.ts";
import { createHelpRequestRoutes } from "./help-request.routes.ts";
import { createHelpRequests, type HelpRequestsDeps } from "./help-requests.service.ts";
import { createHelpThreads, type HelpThreadsDeps } from "./help-thread.service.ts";
import { createSupportChanges, type SupportChanges } from "./support-changes.ts";

export type HelpPartsDeps = HelpRequestsDeps &
  HelpThreadsDeps & {
    events: Pick<EventBus, "subscribe">;
    findContact(orgId: string): Promise<SupportContact | null>;
  };

export type HelpParts = {
  routes: Route[];
  jobs: Job[];
  supportChangedAt: SupportChanges["changedAt"];
};

/** Help requests of local users, and what their devices see of IT. */
export function createHelpParts(deps: HelpPartsDeps): HelpParts {
  const changes = createSupportChanges(deps);
  return {
    routes: createHelpRequestRoutes({
      read: createReadDeviceSupport(deps),
      requests: createHelpRequests(deps),
      threads: createHelpThreads(deps),
    }),
    jobs: [changes.job],
    supportChangedAt: changes.changedAt,
  };
}
