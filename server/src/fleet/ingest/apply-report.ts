import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { healthOf } from "@muster/shared/health/score.ts";
import { dropPendingChange, updateHeldStatus, type HeldStatus } from "@muster/shared/health/held-status.ts";
import { connectionOf, deadlinesOf } from "../presence/connection.ts";
import { recordBoot } from "./boot-history.ts";
import { correctTimes, updateClockOffset, toServerTime } from "./device-clock.ts";
import { changedColumns } from "./device-changes.ts";
import type { AppliedReport, IngestRow, ReceivedReport, StateColumns } from "./ingest-row.ts";

/** Longest report interval that is accepted from an agent. */
const MAX_INTERVAL_S = 3600;

/**
 * Decides what a report changes about its device. Pure; `observedNow` is the time of the presence clock. Within an epoch and lane the same number
 * with the same content is a repetition, with other content a conflict, and a lower number is out of date.
 */
export function applyReport(row: IngestRow, received: ReceivedReport, observedNow: number): AppliedReport {
  if (row.archived_at !== null) return { kind: "archived" };
  const { report } = received;
  const last = lastReportOf(row, report.lane);
  if (last.epoch === report.epoch && last.sequence !== null && report.sequence <= last.sequence) {
    const isOther = report.sequence === last.sequence && last.digest !== received.digest;
    return { kind: isOther ? "conflict" : "repeated" };
  }
  return report.lane === "live" ? applyLive(row, received, observedNow) : applyBackfill(row, received);
}

function applyBackfill(row: IngestRow, received: ReceivedReport): AppliedReport {
  const { report, digest, receivedAt } = received;
  const offset = row.clock_offset_ms ?? received.sentAt - receivedAt;
  const { samples, refused } = correctTimes(report.samples, offset, receivedAt);
  return {
    kind: "stored",
    state: {
      ...row,
      backfill_epoch: report.epoch,
      backfill_sequence: report.sequence,
      backfill_digest: digest,
    },
    samples,
    refusedSamples: refused,
    device: null,
    changesListing: false,
    inventory: null,
    wantsInventory: false,
  };
}

function applyLive(row: IngestRow, received: ReceivedReport, observedNow: number): AppliedReport {
  const { report, digest, receivedAt } = received;
  const offset = updateClockOffset(row.clock_offset_ms, received.sentAt - receivedAt);
  const { samples, refused } = correctTimes(report.samples, offset, receivedAt);
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
    // The presence clocks of two servers may differ a little; the time never goes back.
    last_seen_at: Math.max(observedNow, row.last_seen_at ?? 0),
    last_received_at: receivedAt,
    interval_s: Math.min(report.intervalS ?? received.reportIntervalS, MAX_INTERVAL_S),
    clock_offset_ms: offset,
    boot_id: boot.history.bootId,
    previous_boots: boot.history.previousBoots,
    boot_changed_at: boot.history.changedAt,
    ...metricColumns(row, samples.at(-1), observedNow),
    idle_since: idleSince(row, report, offset),
  };
  return {
    kind: "stored",
    state,
    samples,
    refusedSamples: refused,
    ...changedColumns(row, state, received, boot.isCloneSuspected),
  };
}

type MetricColumns = Pick<
  StateColumns,
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
  const health = healthOf(sample);
  const hold = updateHeldStatus(heldStatusOf(row, observedNow), health.status, observedNow);
  return {
    cpu: sample.cpu ?? null,
    memory: sample.memory ?? null,
    disk: sample.disk ?? null,
    disk_free: sample.diskFree ?? null,
    status: health.status,
    score: health.status === "unknown" ? row.score : health.score,
    held_level: hold.level,
    warn_differs_since: hold.warnDiffersSince,
    critical_differs_since: hold.criticalDiffersSince,
  };
}

function unchangedMetricColumns(row: IngestRow): MetricColumns {
  const {
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

function lastReportOf(row: IngestRow, lane: Report["lane"]) {
  return lane === "live"
    ? { epoch: row.live_epoch, sequence: row.live_sequence, digest: row.live_digest }
    : { epoch: row.backfill_epoch, sequence: row.backfill_sequence, digest: row.backfill_digest };
}
