import type { AlarmSeverity } from "@muster/shared/contracts/alarm.ts";

/** An alarm that a rule would have opened. Times are epoch milliseconds. */
export type PastAlarm = {
  instance: string | null;
  severity: AlarmSeverity;
  from: number;
  /** Null when it would still be open. */
  to: number | null;
  /** The worst value; null for a rule that compares no values. */
  peak: number | null;
};
