import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { FindDeviceTargets } from "../../fleet/index.ts";
import type { DescribeAlarm, IsReachable, PlanNote } from "../notifications/index.ts";
import { createWatchRoutes } from "./watch.routes.ts";
import { createWatchService } from "./watch.service.ts";
import { createFindWatched, type FindActionOutcomes } from "./watch-targets.ts";
import { createWatchesJob } from "./watches.job.ts";

export type { FindActionOutcomes } from "./watch-targets.ts";

/** Watches: what a user is told of once, such as a device that is back. */
export function createWatchParts(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  findTargets: FindDeviceTargets;
  findActionOutcomes: FindActionOutcomes;
  describeAlarm: DescribeAlarm;
  planNote: PlanNote;
  isReachable: IsReachable;
}): { routes: Route[]; jobs: Job[] } {
  const findWatched = createFindWatched(deps);
  return {
    routes: createWatchRoutes(createWatchService({ ...deps, findWatched })),
    jobs: [createWatchesJob({ ...deps, findWatched })],
  };
}
