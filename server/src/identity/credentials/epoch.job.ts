import type { Job } from "../../platform/jobs/job.ts";
import type { EpochWatch } from "./epoch-watch.ts";

/** Looks for a newer `auth_epoch` also while nobody asks, so that open streams end without a request and without a hint. */
export function createEpochJob(watch: EpochWatch, everyMs: number): Job {
  return {
    name: "identity-epoch",
    everyMs,
    isPerServer: true,
    async run() {
      await watch.fresh();
    },
  };
}
