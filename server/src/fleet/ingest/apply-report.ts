import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { scoreOf } from "@muster/shared/health/score.ts";
import { dropPendingChange, updateHeldStatus, type HeldStatus } from "@muster/shared/health/held-status.ts";
import { connectionOf, deadlinesOf } from "../presence/connection.ts";
import { recordBoot } from "./boot-history.ts";
import {
  backfillOffset,
  type ClockOffset,
  correctClockOffset,
  correctTimes,
  toServerTime,
  updateClockOffset,
} from "./device-clock.ts";
import { backfillChanges, changedColumns } from "./device-changes.ts";
import { enterEpoch } from "./epoch-history.ts";
import type { AppliedReport, IngestRow, ReceivedReport, StateColumns, UnstoredReport } from "./ingest-row.ts";
import { type DeviceNumbering, judgeNumber, numberingFor } from "./judge-number.ts";
import { isDigestOf } from "./report-digest.ts";

/** Longest report interval that is accepted from an agent. */
const MAX_INTERVAL_S = 3600;

/** The presence clock at the moment of a report. */
export type PresenceMoment = {
  /** Observed time. */
  now: number;
  /** Observed time at which the server went on after it did not run or hung. */
  gapEndedAt: number;
};

/**
 * Decides what a report changes about its device. Pure. Within an epoch and lane the same number with the same content is a repetition,
 * with other content a conflict; a number from before that is behind.
 */
export function applyReport(row: IngestRow, received: ReceivedReport, moment: PresenceMoment): AppliedReport {
  if (row.archived_at !== null) return { kind: "archived", state: null };
  const { report } = received;
  const entered = numberReport(row, received);
  if (entered.kind !== "accepted") return entered;
  return report.lane === "live"
    ? applyLive(row, received, moment, entered)
    : applyBackfill(row, received, entered);
}

type Accepted = { kind: "accepted"; epochs: string | null; isCloneSuspected: boolean };

/** Judges the report's number. What is not to be stored may change the state all the same. */
function numberReport(row: IngestRow, received: ReceivedReport): Accepted | UnstoredReport {
  const { report, isNumbered, change, receivedAt } = received;
  if (!isNumbered) return { kind: "accepted", epochs: row.epochs, isCloneSuspected: false };
  const numbering = numberingOf(row);
  const mark = numbering.marks[report.lane];
  const { lane, epoch, sequence } = report;
  const isSameContent =
    mark.sequence === sequence && mark.digest !== null && isDigestOf(mark.digest, received);
  const verdict = judgeNumber(numbering, { lane, epoch, sequence, isSameContent, change });
  switch (verdict.kind) {
    case "next":
      return { kind: "accepted", epochs: row.epochs, isCloneSuspected: false };
    case "enters": {
      const { history, isCloneSuspected } = enterEpoch(row.epochs, report.epoch, receivedAt);
      return { kind: "accepted", epochs: history, isCloneSuspected };
    }
    case "repeated":
      return { kind: "repeated", state: stateAfterRepeated(row, received) };
    case "conflict":
      return { kind: "conflict", state: null };
    case "behind": {
      const state = row.behind_at === null ? { ...row, behind_at: receivedAt } : null;
      return { kind: "behind", state, numbering: numberingFor(numbering, report.lane) };
    }
  }
}

/** A live report that comes again carries the time of this attempt, which may correct what its delayed first copy measured. */
function stateAfterRepeated(row: IngestRow, received: ReceivedReport): StateColumns | null {
  if (!received.isResent || received.report.lane !== "live") return null;
  const corrected = correctClockOffset(clockOf(row), received.sentAt - received.receivedAt);
  return corrected && { ...row, clock_offset_ms: corrected.offsetMs, clock_step_ms: corrected.stepMs };
}

function applyBackfill(row: IngestRow, received: ReceivedReport, entered: Accepted): AppliedReport {
  const { report, digest, receivedAt } = received;
  const offset = backfillOffset(clockOf(row), received.sentAt - receivedAt);
  const { samples, refused } = correctTimes(report.samples, offset, receivedAt);
  const changes = backfillChanges(row, received, entered);
  return {
    kind: "stored",
    state: {
      ...row,
      backfill_epoch: report.epoch,
      backfill_sequence: report.sequence,
      backfill_digest: digest,
      epochs: entered.epochs,
      behind_at: null,
    },
    samples,
    refusedSamples: refused,
    ...changes,
    availability: null,
    changesListing: false,
    inventory: null,
    services: null,
    wantsInventory: false,
    signals: [],
  };
}

function applyLive(
  row: IngestRow,
  received: ReceivedReport,
  moment: PresenceMoment,
  entered: Accepted,
): AppliedReport {
  const { report, digest, receivedAt } = received;
  const isAfterGap = row.last_seen_at === null || row.last_seen_at < moment.gapEndedAt;
  // The header of a report that is sent again tells when it left, however long it waited before.
  const clock = updateClockOffset(
    clockOf(row),
    received.sentAt - receivedAt,
    isAfterGap && !received.isResent,
  );
  const { samples, refused } = correctTimes(report.samples, clock.offsetMs, receivedAt);
  const boot = recordBoot(
    { bootId: row.boot_id, previousBoots: row.previous_boots, changedAt: row.boot_changed_at },
    report.bootId,
    receivedAt,
  );
  const state: StateColumns = {
    live_epoch: report.epoch,
    live_sequence: report.sequence,
    live_digest: digest,
    backfill_epoch: row.backfill_epoch,
    backfill_sequence: row.backfill_sequence,
    backfill_digest: row.backfill_digest,
    epochs: entered.epochs,
    behind_at: null,
    // The presence clocks of two servers may differ a little; the time never goes back.
    last_seen_at: Math.max(moment.now, row.last_seen_at ?? 0),
    last_received_at: receivedAt,
    interval_s: Math.min(report.intervalS ?? received.reportIntervalS, MAX_INTERVAL_S),
    clock_offset_ms: clock.offsetMs,
    clock_step_ms: clock.stepMs,
    boot_id: boot.history.bootId,
    previous_boots: boot.history.previousBoots,
    boot_changed_at: boot.history.changedAt,
    ...metricColumns(row, samples.at(-1), moment.now),
    idle_since: idleSince(row, report, clock.offsetMs),
    watch_state: row.watch_state,
  };
  const suspicion = boot.isCloneSuspected ? "boots" : entered.isCloneSuspected ? "epochs" : null;
  return {
    kind: "stored",
    state,
    samples,
    refusedSamples: refused,
    ...changedColumns(row, state, received, suspicion),
    signals: [],
  };
}

type MetricColumns = Pick<
  StateColumns,
  | "sampled_at"
  | "cpu"
  | "memory"
  | "disk"
  | "disk_free"
  | "status"
  | "score"
  | "held_level"
  | "warn_differs_since"
  | "critical_differs_since"
>;

function metricColumns(row: IngestRow, sample: Sample | undefined, observedNow: number): MetricColumns {
  if (!sample) return unchangedMetricColumns(row);
  const scored = scoreOf(sample);
  const status = scored?.status ?? "unknown";
  const hold = updateHeldStatus(heldStatusOf(row, observedNow), status, observedNow);
  return {
    sampled_at: sample.at,
    cpu: sample.cpu ?? null,
    memory: sample.memory ?? null,
    disk: sample.disk ?? null,
    disk_free: sample.diskFree ?? null,
    status,
    score: scored?.score ?? row.score,
    held_level: hold.level,
    warn_differs_since: hold.warnDiffersSince,
    critical_differs_since: hold.criticalDiffersSince,
  };
}

function unchangedMetricColumns(row: IngestRow): MetricColumns {
  const {
    sampled_at,
    cpu,
    memory,
    disk,
    disk_free,
    status,
    score,
    held_level,
    warn_differs_since,
    critical_differs_since,
  } = row;
  return {
    sampled_at,
    cpu,
    memory,
    disk,
    disk_free,
    status,
    score,
    held_level,
    warn_differs_since,
    critical_differs_since,
  };
}

function heldStatusOf(row: IngestRow, observedNow: number): HeldStatus {
  const hold = {
    level: row.held_level,
    warnDiffersSince: row.warn_differs_since,
    criticalDiffersSince: row.critical_differs_since,
  };
  const deviceClass = row.class_chosen ?? row.class_guess;
  const deadlines = deadlinesOf({ intervalS: row.interval_s, offlineAfterS: 0, deviceClass });
  return connectionOf(row.last_seen_at, observedNow, deadlines) === "online" ? hold : dropPendingChange(hold);
}

function idleSince(row: IngestRow, { facts }: Report, offset: number): number | null {
  if (facts?.idleSince === undefined) return row.idle_since;
  return facts.idleSince === null ? null : toServerTime(facts.idleSince, offset);
}

function numberingOf(row: IngestRow): DeviceNumbering {
  return {
    marks: {
      live: { epoch: row.live_epoch, sequence: row.live_sequence, digest: row.live_digest },
      backfill: { epoch: row.backfill_epoch, sequence: row.backfill_sequence, digest: row.backfill_digest },
    },
    epochs: row.epochs,
    behindAt: row.behind_at,
  };
}

function clockOf(row: IngestRow): ClockOffset {
  return { offsetMs: row.clock_offset_ms, stepMs: row.clock_step_ms };
}
