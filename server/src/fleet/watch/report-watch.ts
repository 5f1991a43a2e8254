import type { DeviceClass, OsFamily } from "@muster/shared/contracts/inventory.ts";
import type { Sample } from "@muster/shared/contracts/metric.ts";
import { levelOfRank } from "@muster/shared/health/attention-rank.ts";
import type { AppliedReport, DeviceChanges, IngestRow, ReceivedReport } from "../ingest/ingest-row.ts";

/** A live report as another module watches it. */
export type WatchedReport = {
  orgId: string;
  deviceNo: number;
  deviceId: string;
  customerId: string | null;
  /** Name of the customer. */
  customer: string | null;
  /** JSON array, as it is stored. */
  tags: string;
  deviceClass: DeviceClass;
  osFamily: OsFamily;
  osName: string | null;
  /** What the watch stored about the device last; null for nothing. */
  state: string | null;
  /** Wall time of the report before; null for the first one. */
  previousReportAt: number | null;
  /** Wall time. */
  receivedAt: number;
  /** How often the device reports, in seconds. */
  intervalS: number;
  /** Observed time, in which durations are measured: see `PresenceClock`. */
  observedNow: number;
  /** The newest one of the report; undefined for a report without samples. */
  sample: Sample | undefined;
  /** Health score; null while it was never known. */
  score: number | null;
};

/** What a watch stores about a device from now on, and what it wants to look at after the commit, each as JSON. */
export type WatchOutcome = { state: string | null; signals: readonly string[] };

/**
 * Watches the live reports that are stored, inside their transaction and for each of them: it must neither read nor write anything. The same
 * report may be watched again when its transaction is repeated.
 */
export type ReportWatch = (report: WatchedReport) => WatchOutcome;

/** The watch of a server whose modules watch nothing. */
export const watchNothing: ReportWatch = ({ state }) => ({ state, signals: [] });

/** A report that was applied, with what the watch makes of it. */
export function watchReport(
  watch: ReportWatch,
  applied: AppliedReport,
  row: IngestRow,
  { received, observedNow }: { received: ReceivedReport; observedNow: number },
): AppliedReport {
  if (applied.kind !== "stored" || received.report.lane !== "live") return applied;
  const { state, signals } = watch({
    orgId: received.orgId,
    deviceNo: row.device_no,
    deviceId: row.id,
    customerId: row.customer_id,
    customer: row.customer,
    tags: row.tags,
    deviceClass: row.class_chosen ?? applied.device?.class_guess ?? row.class_guess,
    osFamily: applied.device?.os_family ?? row.os_family,
    osName: applied.device?.os_name ?? row.os_name,
    state: row.watch_state,
    previousReportAt: row.last_received_at,
    receivedAt: received.receivedAt,
    intervalS: applied.state.interval_s,
    observedNow,
    sample: applied.samples.at(-1),
    score: applied.state.score,
  });
  const changed = applied.device && isWatchedChange(row, applied.device) ? [CHANGED] : [];
  return {
    ...applied,
    state: { ...applied.state, watch_state: state },
    signals: [...changed, ...signals.map((body) => ({ kind: "watched" as const, body }))],
  };
}

const CHANGED = { kind: "changed", body: null } as const;

const WATCHED_COLUMNS = [
  "connection",
  "last_word",
  "shown",
  "is_absent",
  "is_paused",
  "paused_until",
  "reboot_required",
  "clone_suspected_at",
  "agent_version",
  "class_guess",
  "os_family",
  "os_name",
] as const satisfies readonly (keyof DeviceChanges)[];

/** Whether a report changes more of its device than what every report changes. */
function isWatchedChange(row: IngestRow, changes: DeviceChanges): boolean {
  if (WATCHED_COLUMNS.some((column) => changes[column] !== undefined)) return true;
  const rank = changes.attention_rank;
  return rank !== undefined && levelOfRank(rank) !== levelOfRank(row.attention_rank);
}
