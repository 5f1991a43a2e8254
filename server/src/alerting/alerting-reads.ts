import type { AnyRead } from "../platform/read-threads/read.ts";
import { alarmReads } from "./alarms/alarm-reads.ts";
import { historyFindingsRead } from "./forecast/history-findings.read.ts";
import { silenceReads } from "./silences/silence-reads.ts";
import { alarmInstancesRead } from "./trial/alarm-instances.read.ts";
import { ruleTrialRead } from "./trial/rule-trial.read.ts";

/** The reads of this module that run on read threads. */
export const alertingReads: readonly AnyRead[] = [
  ...alarmReads,
  ...silenceReads,
  ruleTrialRead,
  alarmInstancesRead,
  historyFindingsRead,
];
