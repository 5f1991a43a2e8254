import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { PROTOCOL_VERSION } from "@muster/shared/protocol/agent-protocol.ts";
import type { Stamp } from "./outbox.ts";

/** What a live report may carry beside its sample. */
export type LiveSections = Pick<
  Report,
  "intervalS" | "inventoryHash" | "inventory" | "facts" | "paused" | "lastWord" | "policyId"
>;

export type Moment = { bootId: string; sentAt: number };

export function writeLiveReport(
  stamp: Stamp,
  moment: Moment,
  sample: Sample | null,
  extras: LiveSections,
): string {
  const report: Report = {
    v: PROTOCOL_VERSION,
    ...stamp,
    lane: "live",
    sentAt: moment.sentAt,
    bootId: moment.bootId,
    samples: sample === null ? [] : [sample],
    ...extras,
  };
  return JSON.stringify(report);
}

export function writeBackfillReport(stamp: Stamp, moment: Moment, samples: Sample[]): string {
  const report: Report = {
    v: PROTOCOL_VERSION,
    ...stamp,
    lane: "backfill",
    sentAt: moment.sentAt,
    bootId: moment.bootId,
    samples,
  };
  return JSON.stringify(report);
}
