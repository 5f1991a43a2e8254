import type { Job } from "../../platform/jobs/job.ts";
import { TICK_MS, type Watch } from "./presence-clock.ts";

/** Each server says for itself that it watches. */
export function createWatchJob(watch: Watch): Job {
  return { name: "fleet-presence-watch", everyMs: TICK_MS, isPerServer: true, run: () => watch.tick() };
}
