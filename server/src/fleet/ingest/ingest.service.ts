import type { Report, ReportAnswer } from "@muster/shared/contracts/report.ts";
import type { Clock } from "../../platform/clock.ts";
import { createGroupWriter } from "../../platform/database/group-writer.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import { createTokenBuckets } from "../../platform/http/token-buckets.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import type { IngestRepository } from "./ingest.repository.ts";
import type { IngestOutcome, ReceivedReport } from "./ingest-row.ts";
import { reportDigest } from "./report-digest.ts";
import type { ReportRates } from "./report-rates.ts";

/** What a module above adds to the answer of a report, from memory: it is asked for every one. */
export type ReportAnswerPart = (device: { orgId: string; deviceId: string }) => Partial<ReportAnswer>;

/** Observes ingest, for the server's own metrics. */
export type IngestObserver = {
  /** One commit of a lane: the reports in it, and how many of them were new. */
  committed(lane: "live" | "backfill", size: number, stored: number): void;
};

/** Whose report it is, and the credential that it came with: the device's own, or the key of a legacy system. */
export type ReportingDevice = Pick<DeviceCaller, "orgId" | "deviceId" | "credentialId">;

export type Ingest = {
  /**
   * Stores a report and answers once it is safe. `sentAt` is the device's clock at this attempt. Throws `conflict`, `forbidden` for
   * an archived device, `unauthenticated` for one without rights, `rate-limited` for too many samples, `unavailable` when too much
   * waits. `legacyBody` is JSON of what a machine of a legacy system said.
   */
  take(device: ReportingDevice, report: Report, sentAt: number, legacyBody?: string): Promise<ReportAnswer>;
  /** Reports that wait to be stored. */
  waiting(): number;
  /** Resolves when everything taken so far is stored. */
  drain(): Promise<void>;
};

const LIVE_LIMITS = { maxGroup: 128, maxQueued: 10_000, maxShare: 5_000 };
/** Few at a time and few waiting: each may hold 500 samples, and the live lane goes first. */
const BACKFILL_LIMITS = { maxGroup: 2, maxQueued: 100, maxShare: 50 };

/**
 * Samples of one device in reports that hold several: more at once than 72 hours of reports every 5 seconds, and on average far more
 * than any agent has, so that nobody fills the disk with one credential.
 */
const SAMPLE_LIMIT = { perSecond: 2, burst: 60_000 };

export function createIngest(deps: {
  repository: IngestRepository;
  settings: OrganizationSettings;
  rates: ReportRates;
  events: EventBus;
  clock: Clock;
  answerParts: readonly ReportAnswerPart[];
  observer?: IngestObserver | undefined;
}): Ingest {
  const { repository, settings, rates, events, clock, answerParts, observer } = deps;
  const shareOf = ({ orgId }: ReceivedReport) => orgId;
  const sampleLimits = createTokenBuckets(SAMPLE_LIMIT, clock);

  function limitSamples(deviceId: string, { samples }: Report): void {
    const waitS = samples.length > 1 ? sampleLimits.take(deviceId, samples.length) : 0;
    if (waitS === 0) return;
    throw new MusterError("rate-limited", "This device sends too many samples. Wait before the next ones.", {
      retryAfterS: waitS,
    });
  }

  async function commit(
    lane: "live" | "backfill",
    reports: readonly ReceivedReport[],
  ): Promise<readonly IngestOutcome[]> {
    const outcomes = await repository.commit(reports);
    observer?.committed(lane, reports.length, outcomes.filter(({ kind }) => kind === "stored").length);
    return outcomes;
  }

  async function commitLive(reports: readonly ReceivedReport[]): Promise<readonly IngestOutcome[]> {
    const outcomes = await commit("live", reports);
    const changed = new Map<string, string[]>();
    for (const [index, { orgId, deviceId }] of reports.entries()) {
      if (outcomes[index]?.kind !== "stored") continue;
      const ids = changed.get(orgId);
      if (ids) ids.push(deviceId);
      else changed.set(orgId, [deviceId]);
    }
    for (const [orgId, ids] of changed) events.publish({ topic: "device.changed", orgId, ids });
    return outcomes;
  }

  const live = createGroupWriter({ ...LIVE_LIMITS, commit: commitLive, shareOf });
  const backfill = createGroupWriter({
    ...BACKFILL_LIMITS,
    commit: (items) => commit("backfill", items),
    shareOf,
  });

  return {
    async take({ orgId, deviceId, credentialId }, report, sentAt, legacyBody) {
      limitSamples(deviceId, report);
      const { reportIntervalS, policy } = await settings.of(orgId);
      const writer = report.lane === "live" ? live : backfill;
      rates.count(orgId);
      const outcome = await writer.submit({
        orgId,
        deviceId,
        credentialId,
        report,
        digest: reportDigest(report),
        sentAt,
        receivedAt: clock.now(),
        reportIntervalS,
        legacyBody,
      });
      const answer = answerOf(outcome);
      if (report.lane === "live") {
        if (!report.paused && report.intervalS !== reportIntervalS) answer.intervalS = reportIntervalS;
        if (report.policyId !== policy.id) answer.policy = policy;
      }
      for (const part of answerParts) Object.assign(answer, part({ orgId, deviceId }));
      return answer;
    },
    waiting: () => live.queued + backfill.queued,
    async drain() {
      await Promise.all([live.drain(), backfill.drain()]);
    },
  };
}

function answerOf(outcome: IngestOutcome): ReportAnswer {
  switch (outcome.kind) {
    case "stored": {
      const answer: ReportAnswer = { stored: true };
      if (outcome.wantsInventory) answer.wantInventory = true;
      if (outcome.refusedSamples > 0) answer.refusedSamples = outcome.refusedSamples;
      return answer;
    }
    case "repeated":
      return { stored: false };
    case "conflict":
      throw new MusterError("conflict", "A report with this number but other content was stored before.");
    case "archived":
      throw new MusterError(
        "forbidden",
        "This device is archived. Restore it on the server to report again.",
      );
    case "failed":
      throw outcome.error;
    case "gone":
    case "revoked":
      throw new MusterError("unauthenticated", "This device's credential was revoked: enrol it again.");
  }
}
