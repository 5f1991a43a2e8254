import type { AgentPolicy, LastWord, ReportAnswer } from "@muster/shared/contracts/report.ts";
import { PAUSED_HEARTBEAT_S } from "@muster/shared/protocol/agent-protocol.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { ServerClient } from "../../transport/server-client.ts";
import type { ActionHost } from "../actions/action-handler.ts";
import type { DeviceActions } from "../actions/device-actions.ts";
import type { AgentStatus } from "../state/agent-status.ts";
import { createBackfillLane } from "./backfill-lane.ts";
import { contentHash } from "../content-hash.ts";
import type { CollectorRegistry, SampleReading } from "../collecting/collector-registry.ts";
import type { DeviceIdentity } from "../identity/device-identity.ts";
import { createLiveReport } from "./live-report.ts";
import { createLiveLane, type LaneEvent, type LiveMessage } from "./live-lane.ts";
import type { Log } from "../log.ts";
import type { Observations } from "../collecting/observations.ts";
import type { Outbox } from "./outbox.ts";
import type { Wish } from "../state/pausing.ts";
import { createReportExtras } from "./report-sections.ts";
import { createReportInterval } from "./report-interval.ts";
import { createSampling } from "../collecting/sampling.ts";
import { createContactTrail } from "./server-contact.ts";
import type { Spool } from "../spool/spool.ts";
import { createTicker } from "../collecting/ticker.ts";

/** Milliseconds that a last word may take before the system or the user is let go. */
const LAST_WORD_LIMIT_MS = 2000;
const REVOKED_RETRY_MS = 3_600_000;

/** What reporting does at the moment. In `silent` a last word was said. */
export type ReportingMode = Wish | { kind: "revoked" } | { kind: "silent" };

export type Reporting = {
  /** Samples, or only says that the user paused it. Nothing happens while the credential is revoked. */
  follow(wish: Wish): void;
  /** Says the last word, within two seconds, and is silent until `follow`. */
  fallSilent(word: LastWord): Promise<void>;
  /** Ends for good; what was not sent stays stored. */
  stop(): Promise<void>;
  /** Kept connections lead nowhere after a sleep. */
  reconnect(): void;
  /** Reads the inventory and sends it at once, whether it changed or not. */
  refreshInventory: ActionHost["refreshInventory"];
  /** Takes a sample and reports it at once. False when nothing is sampled now. */
  sampleNow(): Promise<boolean>;
  mode(): ReportingMode;
  status(): NonNullable<AgentStatus["reporting"]>;
};

export type ReportingDeps = {
  identity: DeviceIdentity;
  client: ServerClient;
  outbox: Outbox;
  spool: Spool;
  registry: CollectorRegistry;
  clock: Clock;
  random: () => number;
  log: Log;
  bootId: string;
  /** Interval that this machine's configuration demands, null: the server's wish counts. */
  ownIntervalS: number | null;
  actions: DeviceActions;
  observations: Observations;
  policy: () => AgentPolicy | null;
  /** The server told another policy. */
  policyTold: (policy: AgentPolicy) => void;
  changed: () => void;
  /** Something was read of the machine. */
  observed: () => void;
  mismatched: () => void;
};

/** Reports in the name of one identity: samples while it may, heartbeats while paused, one try an hour once revoked. */
export function createReporting(deps: ReportingDeps): Reporting {
  const { identity, client, outbox, spool, registry, clock, random, log, bootId, actions, observations } =
    deps;
  const extras = createReportExtras({ isKnown: !outbox.isFresh });
  const interval = createReportInterval(deps.ownIntervalS, identity.intervalS, log);
  const contact = createContactTrail(identity.server.url, clock, log);
  let mode: ReportingMode = { kind: "silent" };
  let wish: Wish = { kind: "sampling" };
  let waitingActions = 0;
  let cancelRetry: Cancel = () => undefined;

  const shared = { client, outbox, spool, clock, bootId, heard };
  const live = createLiveLane(shared);
  const report = createLiveReport({ ...deps, live, extras, interval });
  const backfill = createBackfillLane({
    ...shared,
    random,
    log,
    intervalMs: () => interval.seconds() * 1000,
  });
  const sampling = createSampling({
    registry,
    clock,
    log,
    intervalMs: interval.seconds() * 1000,
    sampled,
    inventoryRead: report.inventoryRead,
  });
  const heartbeat = createTicker(clock, PAUSED_HEARTBEAT_S * 1000, async () => {
    if (mode.kind === "paused") report.tellPaused(mode.untilMs);
  });

  function sampled(reading: SampleReading): void {
    report.sampled(reading);
    // Each report tells the status anew; while none gets through, what waits is news.
    if (spool.status().samples > 0) deps.changed();
  }

  function heard(event: LaneEvent): void {
    switch (event.kind) {
      case "delivered":
        delivered(event.answer, event.message);
        break;
      case "refused":
        log.error(`The server does not take this report: ${event.reason}`);
        if (event.message) extras.refused(event.message.extras);
        break;
      case "unreached":
        contact.unreached(event.reason);
        void backfill.rest();
        break;
      case "conflict":
        log.warn("The server has another report under this number: the numbering begins anew.");
        break;
      case "revoked":
        revoke();
        break;
      case "machine-mismatch":
        deps.mismatched();
        break;
    }
    deps.changed();
  }

  function delivered(answer: ReportAnswer, message: LiveMessage | null): void {
    if (!contact.now().isReached) actions.serverFound();
    contact.delivered();
    if (message) extras.delivered(message.extras);
    if (answer.wantInventory) extras.inventoryWanted();
    if (answer.refusedSamples)
      log.warn(`The server refused ${answer.refusedSamples} samples: their time is out of range.`);
    if (answer.intervalS !== undefined && interval.wish(answer.intervalS))
      sampling.setInterval(interval.seconds() * 1000);
    if (answer.policy && answer.policy.id !== deps.policy()?.id) deps.policyTold(answer.policy);
    waitingActions = answer.waitingActions ?? 0;
    if (mode.kind === "revoked") readmit();
    if (mode.kind === "sampling") backfill.wake();
    actions.serverReached(waitingActions);
  }

  function revoke(): void {
    if (mode.kind === "silent" || mode.kind === "revoked") return;
    log.error("The server has revoked this device. Reporting ends; one try an hour goes on.");
    enter({ kind: "revoked" });
    retryInAnHour();
  }

  function retryInAnHour(): void {
    cancelRetry = clock.after(REVOKED_RETRY_MS, () => {
      report.tellPresence();
      retryInAnHour();
    });
  }

  function readmit(): void {
    log.info("The server accepts this device again.");
    enter(wish);
  }

  function enter(next: ReportingMode): void {
    mode = next;
    cancelRetry();
    if (mode.kind === "sampling") sampling.start();
    else {
      sampling.stop();
      observations.fallSilent();
      void backfill.rest();
    }
    heartbeat.stop();
    if (mode.kind === "paused") heartbeat.start();
    actions.follow(mode.kind === "sampling");
  }

  return {
    follow(next) {
      wish = next;
      if (mode.kind !== "revoked" && !isSameMode(mode, wish)) enter(wish);
    },
    async fallSilent(word) {
      const maySpeak = mode.kind !== "revoked" && mode.kind !== "silent";
      enter({ kind: "silent" });
      if (maySpeak) await live.sayLast({ lastWord: word }, LAST_WORD_LIMIT_MS);
    },
    async stop() {
      enter({ kind: "silent" });
      await Promise.all([live.giveUp(), backfill.rest(), actions.stop()]);
      await outbox.save();
      client.disconnect();
    },
    reconnect() {
      client.disconnect();
      actions.reconnect();
    },
    async refreshInventory() {
      const reading = await registry.inventory();
      if (reading.kind === "skip") return reading;
      report.tellInventory(reading.inventory);
      return { kind: "value", hash: contentHash(reading.inventory) };
    },
    sampleNow() {
      client.tryNow();
      return sampling.takeNow();
    },
    mode: () => mode,
    status: () => ({
      deviceId: identity.deviceId,
      server: identity.server.url,
      organization: identity.organization.name,
      intervalS: interval.seconds(),
      contact: contact.now(),
      lastSampleAtMs: report.last()?.atMs ?? null,
      waitingActions,
      skipped: report.last()?.skipped ?? [],
      spool: spool.status(),
    }),
  };
}

function isSameMode(a: ReportingMode, b: ReportingMode): boolean {
  return a.kind === b.kind && (a.kind !== "paused" || b.kind !== "paused" || a.untilMs === b.untilMs);
}
