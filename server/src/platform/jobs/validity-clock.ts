import type { Clock } from "../clock.ts";
import type { Logger } from "../logging/logger.ts";
import type { Job } from "./job.ts";
import { raisedFloor, type StoredFloor } from "./time-floor.ts";
import type { ValidityClockRow } from "./validity-clock.system-repository.ts";

/**
 * The clock by which sessions, keys, tokens, links and orders are stamped and judged. It is the wall clock, but never earlier than the
 * time that certainly passed: what expired stays expired when the server's clock is set back.
 */
export type ValidityClock = Clock & {
  /** Reads the stored floor. Call it before the first request. */
  load(): Promise<void>;
  /** Stores the floor regularly. Runs on every server. */
  job: Job;
};

const STORE_INTERVAL_MS = 10_000;
/** A smaller step back is an ordinary correction of the clock. */
const REPORTED_STEP_MS = 60_000;

export function createValidityClock(deps: {
  row: ValidityClockRow;
  clock: Clock;
  /** The time during which at least one server of this database was running, measured by monotonic clocks. */
  observedMs: () => number;
  log: Logger;
}): ValidityClock {
  const { row, clock, observedMs, log } = deps;
  let known: StoredFloor | null = null;
  let isReported = false;

  const raised = (stored: StoredFloor) => raisedFloor(stored, clock.now(), observedMs());

  function report({ floorAt }: StoredFloor): void {
    const behindMs = (floorAt ?? 0) - clock.now();
    const isBehind = behindMs > REPORTED_STEP_MS;
    if (isBehind && !isReported) {
      log.warn(
        { behindS: Math.round(behindMs / 1000) },
        "The server's clock was set back. Sessions, keys and tokens are judged by the later time. " +
          'If the clock is right now, run "muster retention confirm"',
      );
    }
    isReported = isBehind;
  }

  return {
    now: () => Math.max(clock.now(), known === null ? 0 : (raised(known).floorAt ?? 0)),
    monotonic: () => clock.monotonic(),
    async load() {
      known = await row.read();
    },
    job: {
      name: "validity-clock",
      everyMs: STORE_INTERVAL_MS,
      isPerServer: true,
      async run() {
        known = await row.update(raised);
        report(known);
      },
    },
  };
}
