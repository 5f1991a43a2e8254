import type { People } from "../../person/people.ts";
import type { Job } from "../action-handler.ts";

const MINUTE_MS = 60_000;

/** Gives a planned reboot to the system. Null, or why the system does not take it: then it is planned no more. */
export async function handOver(people: People, job: Job, delayMinutes: number): Promise<string | null> {
  const taken = await people.reboots.handOver(job.id, delayMinutes);
  if (taken.kind === "scheduled") {
    job.tell("counting-down", delayMinutes * MINUTE_MS);
    return null;
  }
  await people.reboots.remove(job.id);
  return taken.kind === "failed"
    ? taken.reason
    : "a shutdown or reboot is scheduled already: cancel it first";
}
