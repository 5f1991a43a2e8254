import type { Job } from "../../platform/jobs/job.ts";
import { TICK_MS, type PresenceClock } from "./presence-clock.ts";

/** Each server says for itself that it watches. */
export function createPresenceClockJob(presenceClock: PresenceClock): Job {
  return {
    name: "fleet-presence-clock",
    everyMs: TICK_MS,
    isPerServer: true,
    run: () => presenceClock.tick(),
  };
}
