import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { FindDeviceTargets } from "../devices/device-targets.ts";
import { createResolveDevices, type MatchDevices, type ResolveDevices } from "../devices/resolve-devices.ts";
import { createDeviceEditRoutes } from "./device-edit.routes.ts";
import { createDeviceEdits } from "./device-edit.service.ts";
import { createDeviceEditsJob } from "./device-edits.job.ts";
import { createEditRunner } from "./edit-runner.ts";
import { createRunPortion, type RunDeps } from "./run-device-edit.ts";

export type EditParts = {
  routes: Route[];
  job: Job;
  resolve: ResolveDevices;
  /** Stops the edits that run in the background. */
  stop(): Promise<void>;
};

/** Edits of many devices at once. */
export function createEditParts(
  deps: RunDeps & { makeId: MakeId; match: MatchDevices; findTargets: FindDeviceTargets },
): EditParts {
  const { store, clock, log, match } = deps;
  const runner = createEditRunner({ runPortion: createRunPortion(deps), log });
  const resolve = createResolveDevices(match);
  const edits = createDeviceEdits({ ...deps, resolve, runner });
  return {
    routes: createDeviceEditRoutes({ edits, match }),
    job: createDeviceEditsJob({ store, clock, log, runner }),
    resolve,
    stop: () => runner.stop(),
  };
}
