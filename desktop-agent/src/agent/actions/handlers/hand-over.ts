import type { People } from "../../person/people.ts";
import type { RebootPlan } from "../../person/reboot-plan.ts";
import type { Job } from "../action-handler.ts";

const MINUTE_MS = 60_000;

/** Gives a planned reboot to the system, unless it is planned otherwise by then. Null, or why the system does not take it: then it is planned no more. */
export async function handOver(
  people: People,
  job: Job,
  plan: RebootPlan,
  delayMinutes: number,
): Promise<string | null> {
  const taken = await people.reboots.handOver(plan, delayMinutes);
  if (taken.kind === "moved") return null;
  if (taken.kind === "scheduled") {
    job.tell("counting-down", delayMinutes * MINUTE_MS);
    return null;
  }
  await people.reboots.remove(job.id);
  return taken.kind === "failed"
    ? taken.reason
    : "a shutdown or reboot is scheduled already: cancel it first";
}
