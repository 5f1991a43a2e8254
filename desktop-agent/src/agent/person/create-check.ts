import type { RequestOutcome } from "@muster/shared/contracts/local-agent.ts";
import type { Clock } from "../../platform/ports.ts";
import { DONE, refused } from "./wish-outcome.ts";

const LEAST_MS = 5000;

/** A check at anybody's wish, at most once in five seconds: a wish that comes sooner is answered as the last one was. */
export function createCheck(clock: Clock, sampleNow: () => Promise<boolean>): () => Promise<RequestOutcome> {
  let last: { atMs: number; outcome: Promise<RequestOutcome> } | null = null;
  return () => {
    const nowMs = clock.monotonicMs();
    if (last === null || nowMs - last.atMs >= LEAST_MS) {
      last = {
        atMs: nowMs,
        outcome: sampleNow().then((isTaken) =>
          isTaken ? DONE : refused("failed", "nothing is measured at the moment"),
        ),
      };
    }
    return last.outcome;
  };
}
