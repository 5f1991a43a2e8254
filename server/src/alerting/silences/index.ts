import type { Audit, CustomerDirectory } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import type { Reads } from "../../platform/read-threads/reads.ts";
import type { AlarmHints } from "../alarms/alarm-hints.ts";
import type { PlanNote } from "../notifications/index.ts";
import { createFindSubject } from "./silence-subject.ts";
import { createSilenceRoutes } from "./silence.routes.ts";
import { createSilences } from "./silence.service.ts";
import { createIdleSilencesJob, createSilenceEndsJob, createSilenceRetentionJob } from "./silences.job.ts";
import { createTellOwners } from "./tell-owners.ts";

export { moveSilences } from "./silence.repository.ts";

export type SilencePartsDeps = {
  store: Store;
  reads: Reads;
  clock: Clock;
  makeId: MakeId;
  audit: Pick<Audit, "record">;
  customers: Pick<CustomerDirectory, "require">;
  retentionClock: Pick<RetentionClock, "advance">;
  hints: Pick<AlarmHints, "publish">;
  planNote: PlanNote;
};

/** Silences: what nobody is told of for a time. Whether one keeps an alarm quiet is derived when the alarm is read or changes. */
export function createSilenceParts(deps: SilencePartsDeps): { routes: Route[]; jobs: Job[] } {
  const findSubject = createFindSubject(deps);
  const silences = createSilences({ ...deps, findSubject, tellOwners: createTellOwners(deps) });
  return {
    routes: createSilenceRoutes({ ...deps, silences, findSubject }),
    jobs: [createSilenceEndsJob(deps), createIdleSilencesJob(deps), createSilenceRetentionJob(deps)],
  };
}
