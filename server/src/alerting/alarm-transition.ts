import type { AlarmEndReason } from "@muster/shared/alarms/end-reasons.ts";
import type { AlarmFacts, AlarmSeverity } from "@muster/shared/contracts/alarm.ts";

/** Why an alarm ends by itself; what users do has reasons of its own. */
export type SelfEndReason = Exclude<AlarmEndReason, "resolved" | "withdrawn" | "replaced">;

/**
 * What the evaluation of a rule says about one instance of one device. The state machine makes it; alarms are opened, changed and ended
 * by it.
 * - violated: the condition has held for the rule's duration
 * - escalated, eased: it goes on at another severity
 * - continued: it goes on; at most every ten minutes
 * - ended
 */
export type AlarmTransition = {
  orgId: string;
  deviceNo: number;
  deviceId: string;
  ruleId: string;
  /** Of the rule as it was evaluated. A transition of another version than the rule has now is dropped, and the device looked at again. */
  ruleVersion: number;
  /** Mount point, interface or service; null for a rule about the whole device. */
  instance: string | null;
  /** Wall time. */
  at: number;
} & (
  | { kind: "violated" | "escalated" | "eased" | "continued"; severity: AlarmSeverity; facts: AlarmFacts }
  | { kind: "ended"; reason: SelfEndReason; facts: AlarmFacts }
);
