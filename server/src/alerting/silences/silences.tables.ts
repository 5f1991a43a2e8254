/** A silence. Times are wall time in epoch milliseconds. */
export type SilenceRow = {
  id: string;
  org_id: string;
  /** JSON of the contract's `SilenceScope`. */
  scope: string;
  /** The customer of the scope; null for another kind of scope. */
  customer_id: string | null;
  /** JSON arrays; empty for all. */
  types: string;
  severities: string;
  rule_id: string | null;
  alarm_id: string | null;
  /** Key of that alarm, which it has again when it opens again. */
  alarm_key: string | null;
  /** JSON array of the customers that its author was limited to; null without a limit. */
  limited_to: string | null;
  comment: string;
  author: string;
  starts_at: number;
  ends_at: number;
  ends_when_idle: 0 | 1;
  /** Since when it has matched no open alarm, as a job found. */
  idle_since: number | null;
  /** When it ended before its time; null otherwise. */
  ended_at: number | null;
  end_reason: "early" | "idle" | null;
  ended_by: string | null;
  /** After its end: up to which id its alarms were looked at. */
  released_to: string | null;
  /** When a job had looked at all of them; null before. */
  closed_at: number | null;
  version: number;
  created_at: number;
  updated_at: number;
  updated_by: string | null;
};

declare module "../../platform/database/tables.ts" {
  interface Tables {
    silences: SilenceRow;
  }
}
