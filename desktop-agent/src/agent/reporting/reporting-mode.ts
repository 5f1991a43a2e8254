import { PAUSED_HEARTBEAT_S } from "@muster/shared/protocol/agent-protocol.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { DeviceActions } from "../actions/device-actions.ts";
import type { Observations } from "../collecting/observations.ts";
import type { Sampling } from "../collecting/sampling.ts";
import { createTicker } from "../collecting/ticker.ts";
import type { Log } from "../log.ts";
import type { DesiredMode } from "../state/pausing.ts";
import type { BackfillLane } from "./backfill-lane.ts";
import type { LiveReport } from "./live-report.ts";

const REVOKED_RETRY_MS = 3_600_000;

/** What reporting does at the moment. In `silent` a last word was sent. */
export type ReportingMode = DesiredMode | { kind: "revoked" } | { kind: "silent" };

/**
 *   silent --set--> sampling <--set--> paused
 *                       |                |
 *                       +--- revoked <---+   one try an hour; readmitted to the mode that was set last
 */
export type ModeControl = {
  now(): ReportingMode;
  /** Nothing happens while the credential is revoked. */
  set(desired: DesiredMode): void;
  silence(): void;
  revoke(): void;
  readmit(): void;
};

type Deps = {
  clock: Clock;
  log: Log;
  sampling: Sampling;
  backfill: BackfillLane;
  report: LiveReport;
  observations: Observations;
  actions: DeviceActions;
};

/** Starts and stops what each mode needs. */
export function createModeControl(deps: Deps): ModeControl {
  const { clock, log, sampling, backfill, report, observations, actions } = deps;
  let mode: ReportingMode = { kind: "silent" };
  let desired: DesiredMode = { kind: "sampling" };
  let cancelRetry: Cancel = () => undefined;
  const heartbeat = createTicker(clock, PAUSED_HEARTBEAT_S * 1000, async () => {
    if (mode.kind === "paused") report.sendPaused(mode.untilMs);
  });

  function enter(next: ReportingMode): void {
    mode = next;
    cancelRetry();
    if (mode.kind === "sampling") sampling.start();
    else {
      sampling.stop();
      observations.collectionStopped();
      void backfill.stop();
    }
    heartbeat.stop();
    if (mode.kind === "paused") heartbeat.start();
    actions.setActive(mode.kind === "sampling");
  }

  function retryInAnHour(): void {
    cancelRetry = clock.after(REVOKED_RETRY_MS, () => {
      report.sendKeepalive();
      retryInAnHour();
    });
  }

  return {
    now: () => mode,
    set(next) {
      desired = next;
      if (mode.kind !== "revoked" && !isSameMode(mode, desired)) enter(desired);
    },
    silence: () => enter({ kind: "silent" }),
    revoke() {
      if (mode.kind === "silent" || mode.kind === "revoked") return;
      log.error("The server has revoked this device. Reporting stops; the agent tries once an hour.");
      enter({ kind: "revoked" });
      retryInAnHour();
    },
    readmit() {
      log.info("The server accepts this device again.");
      enter(desired);
    },
  };
}

function isSameMode(a: ReportingMode, b: ReportingMode): boolean {
  return a.kind === b.kind && (a.kind !== "paused" || b.kind !== "paused" || a.untilMs === b.untilMs);
}
