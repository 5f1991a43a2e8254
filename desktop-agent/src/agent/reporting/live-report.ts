import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { AgentPolicy } from "@muster/shared/contracts/report.ts";
import { PAUSED_HEARTBEAT_S } from "@muster/shared/protocol/agent-protocol.ts";
import type { Clock } from "../../platform/ports.ts";
import type { SampleReading } from "../collecting/collector-registry.ts";
import type { LiveLane } from "./live-lane.ts";
import type { Observations } from "../collecting/observations.ts";
import type { ReportExtras } from "./report-sections.ts";
import type { ReportInterval } from "./report-interval.ts";
import type { LiveExtras } from "./report-writer.ts";
import type { TimedSample } from "../spool/timed-sample.ts";

/** Puts together what is said now, and notes for the people at the machine what was read. */
export type LiveReport = {
  sampled(reading: SampleReading): void;
  inventoryRead(inventory: Inventory): void;
  /** The inventory goes along now, whether it changed or not. */
  tellInventory(inventory: Inventory): void;
  /** That the person at the machine has paused it; `untilMs` null: until resumed. */
  tellPaused(untilMs: number | null): void;
  /** Only that this device is there. */
  tellPresence(): void;
  /** The newest reading, null before the first. */
  last(): { atMs: number; skipped: { collector: string; reason: string }[] } | null;
};

type Deps = {
  live: Pick<LiveLane, "offer">;
  extras: ReportExtras;
  interval: ReportInterval;
  policy: () => AgentPolicy | null;
  observations: Observations;
  observed: () => void;
  clock: Clock;
  bootId: string;
};

export function createLiveReport(deps: Deps): LiveReport {
  const { live, extras, interval, observations, clock, bootId } = deps;
  let last: ReturnType<LiveReport["last"]> = null;

  function tell(sample: TimedSample | null, said: LiveExtras): void {
    const policyId = deps.policy()?.id;
    live.offer({ sample, extras: policyId === undefined ? said : { ...said, policyId } });
  }

  function inventoryRead(inventory: Inventory): void {
    extras.setInventory(inventory);
    observations.noteInventory(inventory);
    deps.observed();
  }

  return {
    sampled({ metrics, facts }) {
      const at = clock.wallMs();
      const sample = { at, ...metrics };
      last = { atMs: at, skipped: facts.skipped ?? [] };
      extras.setFacts(facts);
      observations.noteSample(sample, facts);
      const timed = { bootId, sinceBootMs: clock.sinceBootMs(), sample };
      tell(timed, { intervalS: interval.seconds(), ...extras.next() });
      deps.observed();
    },
    inventoryRead,
    tellInventory(inventory) {
      inventoryRead(inventory);
      extras.inventoryWanted();
      tell(null, { intervalS: interval.seconds(), ...extras.next() });
    },
    tellPaused: (untilMs) => tell(null, { intervalS: PAUSED_HEARTBEAT_S, paused: { until: untilMs } }),
    tellPresence: () => tell(null, { intervalS: interval.seconds() }),
    last: () => last,
  };
}
