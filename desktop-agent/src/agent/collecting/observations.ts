import type { Inventory } from "@muster/shared/contracts/inventory.ts";
import type { HourPoint } from "@muster/shared/contracts/local-agent.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { DeviceFacts } from "@muster/shared/contracts/report.ts";
import type { Attention } from "@muster/shared/health/attention-reasons.ts";
import { attentionOf } from "@muster/shared/health/attention-rules.ts";
import {
  dropPendingChange,
  updateHeldStatus,
  type HeldStatus,
  heldHealth,
} from "@muster/shared/health/held-status.ts";
import type { Health } from "@muster/shared/health/health.ts";
import { healthOf } from "@muster/shared/health/score-formula.ts";
import type { Clock } from "../../platform/ports.ts";
import { createLastHour } from "./last-hour.ts";

export type Observation = { sample: Sample; facts: DeviceFacts; health: Health };

/** The newest readings of this machine, for its local users. Nothing here waits for the server. */
export type Observations = {
  noteSample(sample: Sample, facts: DeviceFacts): void;
  noteInventory(inventory: Inventory): void;
  /** Nothing is collected from now on: what was read last is the present no more. */
  collectionStopped(): void;
  /** The newest reading since sampling began, null before the first. */
  latest(): Observation | null;
  inventory(): Inventory | null;
  /** By the same rules as the server's: a status counts once it has held for five minutes. */
  attention(): Attention;
  hour(): HourPoint[];
  /** Takes up what an earlier run kept. */
  restoreHour(points: readonly HourPoint[]): void;
};

const INITIAL_STATUS: HeldStatus = { level: 0, warnDiffersSince: null, criticalDiffersSince: null };

export function createObservations(clock: Clock): Observations {
  const hour = createLastHour();
  let latest: Observation | null = null;
  let inventory: Inventory | null = null;
  let hold = INITIAL_STATUS;

  return {
    noteSample(sample, facts) {
      const health = healthOf(sample);
      hold = updateHeldStatus(hold, health.status, clock.monotonicMs());
      latest = { sample, facts, health };
      hour.add({
        atMs: sample.at,
        score: scoreOf(health),
        cpu: sample.cpu ?? null,
        memory: sample.memory ?? null,
        disk: sample.disk ?? null,
      });
    },
    noteInventory(read) {
      inventory = read;
    },
    collectionStopped() {
      latest = null;
      hold = dropPendingChange(hold);
    },
    latest: () => latest,
    inventory: () => inventory,
    attention: () =>
      attentionOf({
        held: latest === null ? null : heldHealth(hold.level, scoreOf(latest.health)),
        diskUsedPercent: latest?.sample.disk,
        diskFreeBytes: latest?.sample.diskFree,
        isAbsent: false,
        isCloneSuspected: false,
        isApprovalPending: false,
      }),
    hour: () => hour.points(clock.wallMs()),
    restoreHour: (points) => points.forEach(hour.add),
  };
}

function scoreOf(health: Health): number | null {
  return health.status === "unknown" ? null : health.score;
}
