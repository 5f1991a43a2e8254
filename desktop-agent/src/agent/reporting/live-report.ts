import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { AgentPolicy, DeviceFacts, DeviceFault } from "@muster/shared/contracts/report.ts";
import { PAUSED_HEARTBEAT_S } from "@muster/shared/protocol/agent-protocol.ts";
import type { Clock } from "../../platform/ports.ts";
import type { SampleReading } from "../collecting/collector-registry.ts";
import type { LiveLane } from "./live-lane.ts";
import type { Observations } from "../collecting/observations.ts";
import type { ReportSections } from "./report-sections.ts";
import type { ReportInterval } from "./report-interval.ts";
import type { LiveSections } from "./report-writer.ts";
import type { TimedSample } from "../spool/timed-sample.ts";

/** Composes live reports, and records what was read for the local users. */
export type LiveReport = {
  sampled(reading: SampleReading): void;
  inventoryRead(inventory: Inventory): void;
  /** Sends the inventory now, whether it changed or not. */
  sendInventory(inventory: Inventory): void;
  /** Reports that a local user paused the agent; `untilMs` null: until resumed. */
  sendPaused(untilMs: number | null): void;
  /** A report without a sample. */
  sendKeepalive(): void;
  /** The newest reading, null before the first. */
  last(): { atMs: number; skipped: { collector: string; reason: string }[] } | null;
};

const MAX_FAULTS = 20;

type Deps = {
  live: Pick<LiveLane, "offer">;
  sections: ReportSections;
  interval: ReportInterval;
  policy: () => AgentPolicy | null;
  observations: Observations;
  observed: () => void;
  /** Faults of the agent's own files. */
  faults: () => readonly DeviceFault[];
  clock: Clock;
  bootId: string;
};

export function createLiveReport(deps: Deps): LiveReport {
  const { live, sections, interval, observations, clock, bootId } = deps;
  let last: ReturnType<LiveReport["last"]> = null;

  function send(sample: TimedSample | null, content: LiveSections): void {
    const policyId = deps.policy()?.id;
    live.offer({ sample, sections: policyId === undefined ? content : { ...content, policyId } });
  }

  function inventoryRead(inventory: Inventory): void {
    sections.setInventory(inventory);
    observations.noteInventory(inventory);
    deps.observed();
  }

  return {
    sampled({ metrics, facts: read }) {
      const facts = withFaults(read, deps.faults());
      const at = clock.wallMs();
      const sample = { at, ...metrics };
      last = { atMs: at, skipped: facts.skipped ?? [] };
      sections.setFacts(facts);
      observations.noteSample(sample, facts);
      const timed = { bootId, sinceBootMs: clock.sinceBootMs(), sample };
      send(timed, { intervalS: interval.seconds(), ...sections.next() });
      deps.observed();
    },
    inventoryRead,
    sendInventory(inventory) {
      inventoryRead(inventory);
      sections.inventoryRequested();
      send(null, { intervalS: interval.seconds(), ...sections.next() });
    },
    sendPaused: (untilMs) => send(null, { intervalS: PAUSED_HEARTBEAT_S, paused: { until: untilMs } }),
    sendKeepalive: () => send(null, { intervalS: interval.seconds() }),
    last: () => last,
  };
}

/** What the machine has comes first: it is worse. */
function withFaults(facts: DeviceFacts, own: readonly DeviceFault[]): DeviceFacts {
  return { ...facts, faults: [...(facts.faults ?? []), ...own].slice(0, MAX_FAULTS) };
}
