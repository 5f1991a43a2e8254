import type { Attention, AttentionLevel, AttentionReason } from "./attention-reasons.ts";

const LEVELS: readonly AttentionLevel[] = ["critical", "warn", "none"];
const REASONS: readonly AttentionReason["kind"][] = [
  "absent",
  "disk-floor",
  "clone-suspected",
  "fault",
  "health",
  "approval-pending",
];
const STEP = 10;

/** Sort key of attention, lowest first: the level, then the kind of its worst reason. */
export function attentionRank({ level, reasons }: Attention): number {
  const kinds = reasons.filter((reason) => reason.level === level).map(({ kind }) => REASONS.indexOf(kind));
  return LEVELS.indexOf(level) * STEP + Math.min(STEP - 1, ...kinds);
}

/** The ranks that devices of `level` have: at least `from`, below `to`. */
export function ranksOf(level: AttentionLevel): { from: number; to: number } {
  const from = LEVELS.indexOf(level) * STEP;
  return { from, to: from + STEP };
}

/** The level of a stored rank. */
export function levelOfRank(rank: number): AttentionLevel {
  return LEVELS[Math.floor(rank / STEP)] ?? "none";
}
