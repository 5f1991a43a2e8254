import type { DeviceAlarm } from "@muster/shared/contracts/device-support.ts";
import type { AgentPolicy, DeviceFault, LastWord } from "@muster/shared/contracts/report.ts";
import type { Clock } from "../../platform/ports.ts";
import type { ServerClient } from "../../transport/server-client.ts";
import type { ActionHost } from "../actions/action-handler.ts";
import type { DeviceActions } from "../actions/device-actions.ts";
import type { DeviceSigner } from "../actions/statements.ts";
import type { CollectorRegistry } from "../collecting/collector-registry.ts";
import type { Observations } from "../collecting/observations.ts";
import { createSampling } from "../collecting/sampling.ts";
import { contentHash } from "../content-hash.ts";
import type { DeviceIdentity } from "../identity/device-identity.ts";
import type { Log } from "../log.ts";
import type { Spool } from "../spool/spool.ts";
import type { AgentStatus, StatusAlarm } from "../state/agent-status.ts";
import type { Support } from "../support/open-support.ts";
import type { DesiredMode } from "../state/pausing.ts";
import { createBackfillLane } from "./backfill-lane.ts";
import { createLaneEvents } from "./lane-events.ts";
import type { LaneEvent } from "./lane-event.ts";
import { createLiveLane } from "./live-lane.ts";
import { createLiveReport } from "./live-report.ts";
import type { Outbox } from "./outbox.ts";
import { createReportInterval } from "./report-interval.ts";
import { createReportSections } from "./report-sections.ts";
import { createRenumber } from "./renumber.ts";
import { createModeControl, type ReportingMode } from "./reporting-mode.ts";
import { createContactTracker } from "./server-contact.ts";

/** A shutdown or logout waits this long for the last word. */
const LAST_WORD_TIMEOUT_MS = 2000;

export type Reporting = {
  /** Samples, or sends heartbeats while the user has paused it. Nothing happens while the credential is revoked. */
  setMode(desired: DesiredMode): void;
  /** Sends the last word, within two seconds, and is silent until `setMode`. */
  sendLastWord(word: LastWord): Promise<void>;
  /** Stops permanently; what was not sent stays stored. */
  stop(): Promise<void>;
  /** After a sleep: open connections are dead. */
  reconnect(): void;
  /** Reads the inventory and sends it immediately, whether it changed or not. */
  refreshInventory: ActionHost["refreshInventory"];
  /** Takes a sample and reports it immediately. False when nothing is sampled now. */
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
  /** Interval by this machine's configuration; null: the server decides. */
  configuredIntervalS: number | null;
  actions: DeviceActions;
  support: Pick<Support, "serverReached" | "stop" | "alarms">;
  /** Null when the device's key cannot be read. */
  signer: DeviceSigner | null;
  observations: Observations;
  policy: () => AgentPolicy | null;
  /** The server sent another policy. */
  policyReceived: (policy: AgentPolicy) => void;
  changed: () => void;
  /** Something was read from the machine. */
  observed: () => void;
  /** Faults of the agent's own files. */
  faults: () => readonly DeviceFault[];
};

/** Reports in the name of one identity: samples while it may, heartbeats while paused, one try an hour once revoked. */
export function createReporting(deps: ReportingDeps): Reporting {
  const { identity, client, outbox, spool, registry, clock, random, log, bootId, actions } = deps;
  const sections = createReportSections({ isKnown: !outbox.isFresh });
  const interval = createReportInterval(deps.configuredIntervalS, identity.intervalS, log);
  const contact = createContactTracker(identity.server.url, clock, log);
  const laneDeps = {
    client,
    outbox,
    spool,
    clock,
    bootId,
    renumber: createRenumber({ outbox, clock, deviceId: identity.deviceId, signer: deps.signer }),
    onEvent: (event: LaneEvent) => events.handle(event),
  };
  const live = createLiveLane(laneDeps);
  const report = createLiveReport({ ...deps, live, sections, interval });
  const intervalMs = () => interval.seconds() * 1000;
  const backfill = createBackfillLane({ ...laneDeps, random, log, intervalMs });
  const sampling = createSampling({
    registry,
    clock,
    log,
    intervalMs: intervalMs(),
    sampled(reading) {
      report.sampled(reading);
      // Each report updates the status; while none is delivered, the number of waiting samples changes it.
      if (spool.status().samples > 0) deps.changed();
    },
    inventoryRead: report.inventoryRead,
  });
  const mode = createModeControl({ ...deps, sampling, backfill, report });
  const events = createLaneEvents({ ...deps, contact, sections, interval, mode, sampling, backfill });

  return {
    setMode: mode.set,
    async sendLastWord(word) {
      const { kind } = mode.now();
      mode.silence();
      if (kind !== "revoked" && kind !== "silent")
        await live.sendLast({ lastWord: word }, LAST_WORD_TIMEOUT_MS);
    },
    async stop() {
      mode.silence();
      await Promise.all([live.abort(), backfill.stop(), actions.stop(), deps.support.stop()]);
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
      report.sendInventory(reading.inventory);
      return { kind: "value", hash: contentHash(reading.inventory) };
    },
    sampleNow() {
      client.tryNow();
      return sampling.takeNow();
    },
    mode: mode.now,
    status: () => ({
      deviceId: identity.deviceId,
      server: identity.server.url,
      organization: identity.organization.name,
      intervalS: interval.seconds(),
      contact: contact.now(),
      lastSampleAtMs: report.last()?.atMs ?? null,
      waitingActions: events.waitingActions(),
      skipped: report.last()?.skipped ?? [],
      ignored: events.ignored(),
      spool: spool.status(),
      alarms: deps.support.alarms().map(statusAlarmOf),
    }),
  };
}

function statusAlarmOf({ severity, texts, openedAt, assignedTo, acknowledgedBy }: DeviceAlarm): StatusAlarm {
  return { severity, title: texts.en.title, openedAtMs: openedAt, takenBy: assignedTo ?? acknowledgedBy };
}
