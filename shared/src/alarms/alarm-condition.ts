import type { AlarmSeverity } from "../contracts/alarm.ts";
import type { Connection } from "../contracts/device.ts";
import type { MetricName, Sample } from "../contracts/metric.ts";
import type { AttentionLevel } from "../health/attention-reasons.ts";

/** What one report says. */
export type ReportValues = {
  /** The newest sample; undefined for a report without samples. */
  sample: Sample | undefined;
  /** Health score; null while it is not known. */
  score: number | null;
};

/** What is known about a device between its reports. */
export type DeviceFacts = {
  connection: Connection;
  /** It does not report although it should. */
  isAbsent: boolean;
  attention: AttentionLevel;
  isRebootRequired: boolean;
  isPaused: boolean;
  isCloneSuspected: boolean;
  /** Types of actions of which the newest one that ended has failed. */
  failedActions: readonly string[];
  /** Its agent has left the organization. */
  hasLeft: boolean;
  /** Null where it is unknown, or no agent of Muster. */
  agentVersion: string | null;
  serverVersion: string;
};

/** What a value means for one level. */
export type LevelFinding = { violates: boolean; isClear: boolean; threshold?: number };

/** What a rule evaluates: values of reports, the history of a device, or facts about it. */
export type AlarmCondition = ValueCondition | HistoryCondition | FactCondition;

/** What is computed of a device's history. */
export type HistoryBasis =
  /** When its file systems will be full, from at least so many days. */
  | { kind: "disk-full"; historyDays: number }
  /** How far a metric is from what is usual at this time of the week. */
  | { kind: "unusual"; metric: MetricName; factor: number };

export type HistoryCondition = Pick<
  ValueCondition,
  "subject" | "instances" | "forMs" | "clearForMs" | "judge"
> & {
  watches: "history";
  basis: HistoryBasis;
};

export type ValueCondition = {
  watches: "values";
  /** Of the rules of a type about the same subject, the most specific one applies to an instance. */
  subject: string;
  /** Patterns of the names of instances; empty for all, and for a rule about the whole device. */
  instances: readonly string[];
  forMs: number;
  /** Percent of the values within `forMs` that must violate. */
  share: number;
  clearForMs: number;
  /** The values of a report by instance; null stands for the whole device. What is missing is left out. */
  read(values: ReportValues): Iterable<readonly [string | null, number]>;
  /** False for values that only say whether something holds: alarms do not have them. */
  showsValue?: false;
  /** Whether a value violates any level. */
  violates(value: number): boolean;
  judge(value: number): { readonly [Severity in AlarmSeverity]?: LevelFinding };
};

export type FactCondition = {
  watches: "device";
  severity: AlarmSeverity;
  forMs: number;
  holds(device: DeviceFacts): boolean;
  /** For the text of the alarm, such as a version. */
  textOf?(device: DeviceFacts): string | null;
};
