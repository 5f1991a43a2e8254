import type { Attention, AttentionLevel, AttentionReason } from "./attention-reasons.ts";
import { type FaultFacts, faultReasons } from "./fault-reasons.ts";
import type { HealthStatus } from "./health.ts";
import { DISK_FLOOR_PERCENT } from "./metric-level.ts";

export type AttentionInput = {
  /** The score's status once it has held for `ATTENTION_HOLD_MS`, with its score. */
  held: { status: HealthStatus; score: number } | null;
  diskUsedPercent: number | undefined;
  diskFreeBytes: number | undefined;
  /** Silent without an excuse that its class or a maintenance window gives. */
  isAbsent: boolean;
  isCloneSuspected: boolean;
  isApprovalPending: boolean;
  /** Faults of the machine; left out when there are none. */
  faultFacts?: FaultFacts | null | undefined;
};

/** A status of the score counts once it has held this long. */
export const ATTENTION_HOLD_MS = 5 * 60_000;

const DISK_FLOOR_FREE_BYTES = 2e9;
// A small file system is not in need when 2 GB is half of it or more than all of it: then the share alone counts.
const DISK_FLOOR_FREE_FROM_PERCENT = 80;
const DISK_FLOOR_MIN_SIZE_BYTES = 8e9;

const RANK: Record<AttentionLevel, number> = { none: 0, warn: 1, critical: 2 };

/** What needs a person first: the score averages a full disk away (70 at 100 % full), so floors stand beside it. */
export function attentionOf(input: AttentionInput): Attention {
  const reasons: AttentionReason[] = [];
  if (input.held && (input.held.status === "warn" || input.held.status === "critical")) {
    reasons.push({ kind: "health", level: input.held.status, score: input.held.score });
  }
  if (isBelowDiskFloor(input)) {
    reasons.push({
      kind: "disk-floor",
      level: "critical",
      usedPercent: input.diskUsedPercent ?? 100,
      freeBytes: input.diskFreeBytes ?? null,
    });
  }
  if (input.isAbsent) reasons.push({ kind: "absent", level: "critical" });
  if (input.isCloneSuspected) reasons.push({ kind: "clone-suspected", level: "critical" });
  if (input.faultFacts) reasons.push(...faultReasons(input.faultFacts));
  if (input.isApprovalPending) reasons.push({ kind: "approval-pending", level: "warn" });
  reasons.sort((a, b) => RANK[b.level] - RANK[a.level]);
  return { level: reasons[0]?.level ?? "none", reasons };
}

function isBelowDiskFloor({ diskUsedPercent, diskFreeBytes }: AttentionInput): boolean {
  if (diskUsedPercent === undefined) return false;
  if (diskUsedPercent >= DISK_FLOOR_PERCENT) return true;
  if (diskUsedPercent < DISK_FLOOR_FREE_FROM_PERCENT || diskFreeBytes === undefined) return false;
  const sizeBytes = diskFreeBytes / (1 - diskUsedPercent / 100);
  return diskFreeBytes < DISK_FLOOR_FREE_BYTES && sizeBytes >= DISK_FLOOR_MIN_SIZE_BYTES;
}
