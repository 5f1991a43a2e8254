import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import { siteThreshold } from "./outage-hold.ts";
import { NO_HOLDS, type OutageHolds } from "./plan-outages.ts";
import { planTransitions, type Transition, type PresenceCandidate } from "./plan-transitions.ts";
import {
  readConnected,
  readHolds,
  readOfflineSince,
  scanDevices,
  writeHolds,
  writeTransitions,
} from "./presence.system-repository.ts";
import type { PresenceClock } from "./presence-clock.ts";

const EVERY_MS = 5_000;
/** Devices that one read looks through, and transitions that one transaction writes: each run takes less than 5 ms. */
const DEVICES_PER_SCAN = 1_000;
const TRANSITIONS_PER_TRANSACTION = 25;

/** Fewer are never an outage. */
const MIN_OUTAGE_DEVICES = siteThreshold(0);

/** Finds devices that do not report and writes their new presence. One server at a time runs it. */
export function createPresenceJob(deps: {
  store: Store;
  clock: Clock;
  presenceClock: PresenceClock;
  settings: OrganizationSettings;
  events: EventBus;
  log: Logger;
}): Job {
  const { store, clock, presenceClock, settings, events, log } = deps;

  async function scanDevicesByOrganization(
    observedNow: number,
    signal: AbortSignal,
  ): Promise<Map<string, PresenceCandidate[]>> {
    const byOrganization = new Map<string, PresenceCandidate[]>();
    let afterDeviceNo: number | null = 0;
    while (afterDeviceNo !== null && !signal.aborted) {
      const position = { afterDeviceNo, limit: DEVICES_PER_SCAN, observedNow, now: clock.now() };
      const slice = await scanDevices(store.read, position);
      for (const device of slice.devices) {
        const devices = byOrganization.get(device.orgId);
        if (devices) devices.push(device);
        else byOrganization.set(device.orgId, [device]);
      }
      afterDeviceNo = slice.lastDeviceNo;
      await setImmediate();
    }
    return byOrganization;
  }

  async function apply(
    orgId: string,
    transitions: readonly Transition[],
    signal: AbortSignal,
  ): Promise<void> {
    for (let start = 0; start < transitions.length && !signal.aborted; start += TRANSITIONS_PER_TRANSACTION) {
      const slice = transitions.slice(start, start + TRANSITIONS_PER_TRANSACTION);
      const options = { now: clock.now(), dialect: store.dialect };
      const ids = await store.transaction((tx) => writeTransitions(tx, orgId, slice, options));
      if (ids.length > 0) events.publish({ topic: "device.changed", orgId, ids });
    }
  }

  async function replaceHolds(orgId: string, before: OutageHolds, holds: OutageHolds): Promise<void> {
    await store.transaction((tx) => writeHolds(tx, orgId, holds));
    const [earlier, now] = [countHolds(before), countHolds(holds)];
    if (earlier === now) return;
    log.warn(
      { orgId, outages: now },
      now > earlier
        ? "Many devices stopped reporting at the same time; they are not called offline yet"
        : "A suspected outage is over: its devices report again or are offline",
    );
    events.publish({ topic: "device.changed", orgId, ids: [] });
  }

  /** What decides about outages, as far as there may be any. */
  async function readOutageFacts(orgId: string, devices: readonly PresenceCandidate[], holds: OutageHolds) {
    const mayBeOutage = holds !== NO_HOLDS || devices.length >= MIN_OUTAGE_DEVICES;
    const missedFrom = Math.min(...[...holds.sites.values()].map((hold) => hold.missedFrom));
    return {
      holds,
      connected: mayBeOutage ? await readConnected(store.read, orgId) : [],
      offline: holds.sites.size > 0 ? await readOfflineSince(store.read, orgId, missedFrom) : [],
    };
  }

  return {
    name: "fleet-presence",
    everyMs: EVERY_MS,
    async run(signal) {
      const observedNow = presenceClock.now();
      const holds = await readHolds(store.read);
      const candidates = await scanDevicesByOrganization(observedNow, signal);
      for (const orgId of new Set([...candidates.keys(), ...holds.keys()])) {
        if (signal.aborted) return;
        const devices = candidates.get(orgId) ?? [];
        const held = holds.get(orgId) ?? NO_HOLDS;
        const { offlineAfterS } = await settings.of(orgId);
        const facts = await readOutageFacts(orgId, devices, held);
        const plan = planTransitions({ ...facts, devices, offlineAfterS, observedNow, now: clock.now() });
        if (plan.holds !== held) await replaceHolds(orgId, held, plan.holds);
        await apply(orgId, plan.transitions, signal);
      }
    },
  };
}

function countHolds({ organization, sites }: OutageHolds): number {
  return sites.size + (organization ? 1 : 0);
}
