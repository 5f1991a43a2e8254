import { systemActor } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { ChangeDevice } from "../devices/device-change.ts";
import { findReportingClones } from "./clone-detection.system-repository.ts";
import { wholeOrganization } from "../../platform/tenant.ts";

const EVERY_MS = 60_000;

/** Flags devices that report with the same machine id, for a user to decide. */
export function createCloneDetectionJob(deps: {
  store: Store;
  clock: Clock;
  changeDevice: ChangeDevice;
}): Job {
  const { store, clock, changeDevice } = deps;
  return {
    name: "fleet-clone-detection",
    everyMs: EVERY_MS,
    async run(signal) {
      for (const { orgId, deviceId } of await findReportingClones(store.read)) {
        if (signal.aborted) return;
        await changeDevice(
          wholeOrganization(orgId),
          deviceId,
          { actor: systemActor, requestId: null },
          () => ({
            columns: { clone_suspected_at: clock.now() },
            action: "device.clone-suspected",
            details: { reason: "another device with the same machine id reports as well" },
          }),
        );
      }
    },
  };
}
