import type { Report, ReportAnswer } from "@muster/shared/contracts/report.ts";
import type { Clock } from "../../platform/clock.ts";
import { createGroupWriter } from "../../platform/database/group-writer.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import type { DeviceCaller } from "../../platform/http/caller.ts";
import { publicNetworkOf } from "../../platform/http/public-network.ts";
import { createTokenBuckets } from "../../platform/http/token-buckets.ts";
import { devicePolicy } from "../agent-policy.ts";
import type { InstanceNumbering } from "../history/instance-numbers.service.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import type { IngestRepository } from "./ingest.repository.ts";
import type { IngestOutcome, ReceivedReport } from "./ingest-row.ts";
import type { createEpochChanges } from "./epoch-change.ts";
import type { NamedNumbering, NumberingNonces } from "./numbering-nonce.ts";
import type { ReadReport } from "./read-report.ts";
import { digestOfReport } from "./report-digest.ts";
import type { ReportRates } from "./report-rates.ts";

/** What another module adds to the answer of a report. Called for every report, so it must not read the database. */
export type ReportAnswerPart = (device: { orgId: string; deviceId: string }) => Partial<ReportAnswer>;

/** Observes ingest, for the server's own metrics. */
export type IngestObserver = {
  /** One commit of a lane: the reports in it, and how many of them were new. */
  committed(lane: "live" | "backfill", size: number, stored: number): void;
};

/** The device of a report, and its credential: its own, or the key of a legacy system. */
export type ReportingDevice = Pick<DeviceCaller, "orgId" | "deviceId" | "credentialId">;

/** A report of an agent, where it came from, and when it was sent again. */
type TakenReport = ReadReport & { address: string; resentAt: number | null };

export type Ingest = {
  /**
   * Stores a report and answers after the commit. `resentAt` is the device's clock at this attempt, when it sent the same bytes before.
   * Throws `conflict`, `behind`, `forbidden` for an archived device, `unauthenticated` for one without rights, `rate-limited` for too
   * many samples, `unavailable` when too much waits.
   */
  take(device: DeviceCaller, received: TakenReport): Promise<ReportAnswer>;
  /** Stores a report of a legacy system, which has no number. `body` is the original one, as JSON. */
  takeLegacy(device: ReportingDevice, report: Report, body: string | undefined): Promise<ReportAnswer>;
  /** Reports that wait to be stored. */
  waiting(): number;
  /** Resolves when everything taken so far is stored. */
  drain(): Promise<void>;
};

const LIVE_LIMITS = { maxGroup: 128, maxQueued: 10_000, maxShare: 5_000 };
/** Small groups and a short queue: each report may have 500 samples, and the live lane goes first. */
const BACKFILL_LIMITS = { maxGroup: 2, maxQueued: 100, maxShare: 50 };

/**
 * Samples of one device in reports with several: the burst is more than 72 hours of reports every 5 seconds, and the rate far more than
 * any agent measures, so that nobody can fill the disk with one credential.
 */
const SAMPLE_LIMIT = { perSecond: 2, burst: 60_000 };

export function createIngest(deps: {
  repository: IngestRepository;
  settings: OrganizationSettings;
  rates: ReportRates;
  events: EventBus;
  clock: Clock;
  log: Logger;
  nonces: NumberingNonces;
  instanceNumbers: InstanceNumbering;
  epochChangeOf: ReturnType<typeof createEpochChanges>;
  answerParts: readonly ReportAnswerPart[];
  observer?: IngestObserver | undefined;
}): Ingest {
  const { repository, settings, rates, events, clock, log, nonces, instanceNumbers } = deps;
  const { epochChangeOf, answerParts, observer } = deps;
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
    const stored = reports.filter((_, index) => outcomes[index]?.kind === "stored");
    for (const [orgId, changed] of Map.groupBy(stored, (report) => report.orgId)) {
      const ids = changed.map(({ deviceId }) => deviceId);
      events.publish({ topic: "device.changed", orgId, ids });
    }
    return outcomes;
  }

  const live = createGroupWriter({ ...LIVE_LIMITS, commit: commitLive, shareOf });
  const backfill = createGroupWriter({
    ...BACKFILL_LIMITS,
    commit: (items) => commit("backfill", items),
    shareOf,
  });

  async function submit(
    received: Omit<ReceivedReport, "reportIntervalS" | "instances">,
  ): Promise<ReportAnswer> {
    const { orgId, deviceId, report, ignored } = received;
    limitSamples(deviceId, report);
    const { reportIntervalS, policy } = await settings.of(orgId);
    const writer = report.lane === "live" ? live : backfill;
    rates.count(orgId);
    const instances = await instanceNumbers.of({ orgId, deviceId }, report.samples);
    const outcome = await writer.submit({ ...received, instances, reportIntervalS });
    if (outcome.kind === "behind") throw behindError(deviceId, outcome.numbering);
    if (outcome.kind === "stored" && outcome.newlyIgnored !== null)
      logIgnored(deviceId, outcome.newlyIgnored);
    const answer = answerOf(outcome);
    if (report.lane === "live") {
      if (!report.paused && report.intervalS !== reportIntervalS) answer.intervalS = reportIntervalS;
      const own = devicePolicy(policy, "excludedMounts" in outcome ? outcome.excludedMounts : []);
      if (report.policyId !== own.id) answer.policy = own;
    }
    if (ignored.length > 0) answer.ignored = [...ignored];
    for (const part of answerParts) Object.assign(answer, part({ orgId, deviceId }));
    return answer;
  }

  function behindError(deviceId: string, numbering: NamedNumbering): MusterError {
    const nonce = nonces.make(deviceId, numbering, clock.now());
    return new MusterError("behind", "Another report already used this number.", {
      numbering: { ...numbering, nonce },
    });
  }

  /** Once for a device and set of names, because it is stored with the device. */
  function logIgnored(deviceId: string, names: readonly string[]): void {
    if (names.length > 0)
      log.warn({ deviceId, names }, "An agent sends fields that this server does not know");
    else log.info({ deviceId }, "An agent no longer sends fields that this server does not know");
  }

  return {
    take(device, { report, digest, ignored, address, resentAt }) {
      const { orgId, deviceId, credentialId } = device;
      const receivedAt = clock.now();
      const received = {
        orgId,
        deviceId,
        credentialId,
        report,
        digest,
        isNumbered: true,
        ignored,
        sentAt: resentAt ?? report.sentAt,
        isResent: resentAt !== null,
        receivedAt,
        network: publicNetworkOf(address),
      };
      if (!report.epochChange) return submit(received);
      return epochChangeOf(device, report, receivedAt).then((change) => submit({ ...received, change }));
    },
    takeLegacy: ({ orgId, deviceId, credentialId }, report, legacyBody) =>
      submit({
        orgId,
        deviceId,
        credentialId,
        report,
        digest: digestOfReport(report),
        isNumbered: false,
        ignored: [],
        sentAt: report.sentAt,
        isResent: false,
        receivedAt: clock.now(),
        network: null,
        legacyBody,
      }),
    waiting: () => live.queued + backfill.queued,
    async drain() {
      await Promise.all([live.drain(), backfill.drain()]);
    },
  };
}

function answerOf(outcome: Exclude<IngestOutcome, { kind: "behind" }>): ReportAnswer {
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
      throw new MusterError("conflict", "A report with this number and different content is already stored.");
    case "archived":
      throw new MusterError(
        "forbidden",
        "This device is archived. Restore it on the server to report again.",
      );
    case "failed":
      throw outcome.error;
    case "not-found":
    case "revoked":
      throw new MusterError(
        "unauthenticated",
        "This device's credential was revoked. Enrol the device again.",
      );
  }
}
