import type { Attention, AttentionLevel, AttentionReason } from "./attention-reasons.ts";

const LEVELS: readonly AttentionLevel[] = ["critical", "warn", "none"];
const RANKS_PER_LEVEL = 100_000;
const MAX_POINTS = 100;

/** How much a reason counts beside the points that the health score lost. */
const WEIGHTS = {
  absent: 100,
  "clone-suspected": 80,
  "disk-floor": 40,
  "approval-pending": 10,
} as const satisfies Partial<Record<AttentionReason["kind"], number>>;
const FAULT_WEIGHTS: Record<AttentionLevel, number> = { critical: 60, warn: 30, none: 0 };

/**
 * Sort key of attention, lowest first: the level, then the severity. The severity is the heaviest reason, on the scale of the points
 * that the score lost; where it is equal, the lower score comes first.
 */
export function attentionRank({ level, reasons }: Attention): number {
  const heaviest = Math.max(0, ...reasons.map(weightOf));
  const lost = Math.max(0, ...reasons.map(pointsLostBy));
  const severity = heaviest * (MAX_POINTS + 1) + lost;
  return LEVELS.indexOf(level) * RANKS_PER_LEVEL + RANKS_PER_LEVEL - 1 - severity;
}

/** The ranks that devices of `level` have: at least `from`, below `to`. */
export function ranksOf(level: AttentionLevel): { from: number; to: number } {
  const from = LEVELS.indexOf(level) * RANKS_PER_LEVEL;
  return { from, to: from + RANKS_PER_LEVEL };
}

/** The level of a stored rank. */
export function levelOfRank(rank: number): AttentionLevel {
  return LEVELS[Math.floor(rank / RANKS_PER_LEVEL)] ?? "none";
}

function weightOf(reason: AttentionReason): number {
  switch (reason.kind) {
    case "health":
      return pointsLostBy(reason);
    case "fault":
      return FAULT_WEIGHTS[reason.level];
    case "absent":
    case "clone-suspected":
    case "disk-floor":
    case "approval-pending":
      return WEIGHTS[reason.kind];
  }
}

function pointsLostBy(reason: AttentionReason): number {
  if (reason.kind !== "health") return 0;
  return Math.min(MAX_POINTS, Math.max(0, Math.round(MAX_POINTS - reason.score)));
}
