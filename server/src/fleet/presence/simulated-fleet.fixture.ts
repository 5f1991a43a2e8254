import type { DeviceClass } from "@muster/shared/contracts/inventory.ts";
import { statusFactsOf } from "../devices/device-row.ts";
import { applyReport } from "../ingest/apply-report.ts";
import type { IngestRow } from "../ingest/ingest-row.ts";
import { createIngestRow } from "../ingest/ingest-row.fixture.ts";
import type { OutageHold } from "./outage-hold.ts";
import { NO_HOLDS } from "./plan-outages.ts";
import { planTransitions, type PresenceCandidate } from "./plan-transitions.ts";
import { startPresenceClock, TICK_MS, type PresenceClock } from "./presence-clock.ts";

/** What a simulated machine does from `from` on: report, or stop with or without a last word. */
export type Phase = { from: number; does: "reports" | "sleeps" | "vanishes" };
/** A disruption of the server: `restart` ends the process, `stop` freezes it, `suspend` freezes its machine with its clock. */
export type Disruption = { from: number; to: number; kind: "restart" | "stop" | "suspend" };

export type SimulatedDevice = {
  row: IngestRow;
  phases: readonly Phase[];
  clockOffsetMs: number;
  nextAt: number;
  sequence: number;
  /** True time at which a report was last taken. */
  lastSeenAt: number;
};

/** Resolution of the simulated time: the presence clock may miss a tick. */
export const STEP_MS = 2 * TICK_MS;
export const OFFLINE_AFTER_MS = 600_000;
const REPORT_EVERY_MS = 180_000;
const RETRY_MS = 45_000;
export const START_MS = 1_795_000_000_000;

export type SimulatedFleet = {
  devices: SimulatedDevice[];
  /** Lets one tick pass at the true time `now`. Returns whether the server was running. */
  step(now: number): Promise<boolean>;
  readonly hold: OutageHold | null;
};

/** A fleet whose devices report to a server that has disruptions and a wall clock that jumps. Everything but the database is real. */
export async function simulateFleet(deps: {
  devices: readonly { deviceClass: DeviceClass; phases: readonly Phase[]; clockOffsetMs: number }[];
  disruptions: readonly Disruption[];
  wallJumpsMs: readonly { from: number; byMs: number }[];
}): Promise<SimulatedFleet> {
  const { disruptions, wallJumpsMs } = deps;
  const row = { observedMs: 0 };
  const clockRow = {
    async advance(observedMs: number) {
      row.observedMs = Math.max(row.observedMs, observedMs);
      return row.observedMs;
    },
  };
  let now = 0;
  let suspendedMs = 0;
  let hold: OutageHold | null = null;
  let wasRestarted = false;
  const clock = { now: wallNow, monotonic: () => now - suspendedMs };
  let presenceClock = await startPresenceClock({ row: clockRow, clock });

  function wallNow(): number {
    const jumps = wallJumpsMs.filter(({ from }) => from <= now);
    return START_MS + now + jumps.reduce((sum, { byMs }) => sum + byMs, 0);
  }

  const devices = deps.devices.map(({ deviceClass, phases, clockOffsetMs }, index) => ({
    row: createIngestRow({
      device_no: index + 1,
      class_guess: deviceClass,
      interval_s: REPORT_EVERY_MS / 1000,
    }),
    phases,
    clockOffsetMs,
    nextAt: (index * 7919) % REPORT_EVERY_MS,
    sequence: 0,
    lastSeenAt: 0,
  }));

  return {
    devices,
    get hold() {
      return hold;
    },
    async step(time) {
      now = time;
      const disruption = disruptions.find(({ from, to }) => from <= now && now < to);
      if (disruption) {
        if (disruption.kind === "suspend") suspendedMs += STEP_MS;
        wasRestarted ||= disruption.kind === "restart";
        for (const device of devices) if (device.nextAt <= now) device.nextAt = now + RETRY_MS;
        return false;
      }
      if (wasRestarted) presenceClock = await startPresenceClock({ row: clockRow, clock });
      wasRestarted = false;
      for (const device of devices) if (device.nextAt <= now) report(device, now, wallNow(), presenceClock);
      await presenceClock.tick();
      hold = runJob(devices, hold, presenceClock.now(), wallNow());
      return true;
    },
  };
}

/** What a device does at the true time `now`. */
export function phaseAt({ phases }: { phases: readonly Phase[] }, now: number): Phase {
  const phase = phases.findLast(({ from }) => from <= now) ?? phases[0];
  if (!phase) throw new Error("a device needs a phase");
  return phase;
}

function report(device: SimulatedDevice, now: number, wallNow: number, presenceClock: PresenceClock): void {
  const phase = phaseAt(device, now);
  device.nextAt = now + REPORT_EVERY_MS;
  const isMissing = phase.does !== "reports";
  const sendsLastWord = phase.does === "sleeps" && device.row.last_word === null;
  if (isMissing && !sendsLastWord) return;
  device.sequence += 1;
  const deviceNow = Math.max(0, START_MS + now + device.clockOffsetMs);
  const applied = applyReport(
    device.row,
    {
      orgId: "",
      deviceId: "",
      credentialId: "",
      digest: "",
      isNumbered: true,
      isResent: false,
      network: null,
      ignored: [],
      sentAt: deviceNow,
      receivedAt: wallNow,
      reportIntervalS: REPORT_EVERY_MS / 1000,
      report: {
        v: 1,
        epoch: "epoch1",
        lane: "live",
        sequence: device.sequence,
        sentAt: deviceNow,
        bootId: "boot",
        samples: isMissing ? [] : [{ at: deviceNow, cpu: 10, memory: 20, disk: 30 }],
        ...(isMissing && { lastWord: "asleep" as const }),
      },
    },
    { now: presenceClock.now(), gapEndedAt: presenceClock.gapEndedAt() },
  );
  if (applied.kind !== "stored") throw new Error(`a report was ${applied.kind}`);
  Object.assign(device.row, applied.state, applied.device);
  device.lastSeenAt = now;
}

/** Of no customer, behind no public network. */
const NOWHERE = { customerId: null, network: null };

function runJob(
  devices: readonly SimulatedDevice[],
  hold: OutageHold | null,
  observedNow: number,
  now: number,
): OutageHold | null {
  const candidates = devices.filter(({ row }) => mayChange(row, observedNow));
  if (candidates.length === 0 && hold === null) return null;
  const plan = planTransitions({
    devices: candidates.map(({ row }) => candidateOf(row)),
    connected: [{ site: NOWHERE, devices: devices.filter(({ row }) => isConnected(row)).length }],
    offline: [],
    holds: { ...NO_HOLDS, organization: hold },
    offlineAfterS: OFFLINE_AFTER_MS / 1000,
    observedNow,
    now,
  });
  for (const { deviceNo, to } of plan.transitions) {
    const row = devices[deviceNo - 1]?.row;
    if (!row) continue;
    row.connection = to.connection;
    row.shown = to.shown;
    row.is_absent = to.isAbsent ? 1 : 0;
    row.attention_rank = to.attentionRank;
  }
  return plan.holds.organization;
}

/** As the job's query: late ones, and those that are missing or past a deadline. */
function mayChange({ connection, last_seen_at, interval_s }: IngestRow, observedNow: number): boolean {
  if (connection === "late") return true;
  return connection === "online" && observedNow - (last_seen_at ?? 0) > 1500 * interval_s;
}

function isConnected({ connection, last_word }: IngestRow): boolean {
  return last_word === null && (connection === "online" || connection === "late");
}

function candidateOf(row: IngestRow): PresenceCandidate {
  return {
    deviceNo: row.device_no,
    id: row.id,
    orgId: "",
    version: row.version,
    lastSeenAt: row.last_seen_at,
    intervalS: row.interval_s,
    site: NOWHERE,
    facts: statusFactsOf(row),
    shown: row.shown,
    isAbsent: row.is_absent === 1,
    attentionRank: row.attention_rank,
  };
}
