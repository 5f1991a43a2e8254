import type { ReportAnswer } from "@muster/shared/contracts/report.ts";
import type { TimedSample } from "../spool/timed-sample.ts";
import type { LiveSections } from "./report-writer.ts";

/** What is to be reported now: a sample with its sections, or only sections (a heartbeat). */
export type LiveMessage = { sample: TimedSample | null; sections: LiveSections };

/** What became of a report. `message` is null for a report that an earlier run of the agent wrote. */
export type LaneEvent =
  | { kind: "delivered"; answer: ReportAnswer; message: LiveMessage | null }
  | { kind: "refused"; reason: string; message: LiveMessage | null }
  /** `reason` is null when it was not even tried, because of earlier failures. */
  | { kind: "unreached"; reason: string | null }
  | { kind: "conflict" }
  /** The server has later reports of this device than the ones that are known here. */
  | { kind: "behind" }
  | { kind: "revoked" };
