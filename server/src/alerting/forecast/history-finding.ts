import type { AlarmFacts } from "@muster/shared/contracts/alarm.ts";

/** What the history of a device says to one rule, so that it survives JSON. */
export type HistoryFinding = {
  ruleId: string;
  conditionVersion: number;
  /** Mount point; null for the whole device. */
  instance: string | null;
  /** What the rule judges: days until a disk is full, null for no end in sight, or the deviation from what is usual. */
  score: number | null;
  /** It was so before the rule. */
  isExisting: boolean;
  facts: Pick<AlarmFacts, "value" | "text" | "forecast" | "usual">;
};

export type DeviceFindings = { deviceNo: number; findings: readonly HistoryFinding[] };

/** The value that a condition judges. */
export function judgedScore({ score }: Pick<HistoryFinding, "score">): number {
  return score ?? Number.POSITIVE_INFINITY;
}
