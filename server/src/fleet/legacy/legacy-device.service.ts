import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { LegacySystem } from "@muster/shared/contracts/legacy-system.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { actorOf, type Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { LegacyKeyCaller } from "../../platform/http/caller.ts";
import { type DeviceColumnChanges, updateDevice } from "../devices/device-writes.repository.ts";
import type { DeviceLifecycle } from "../devices/device-lifecycle.service.ts";
import { toSummary } from "../devices/device-row.ts";
import type { Ingest } from "../ingest/ingest.service.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import { createLegacyDeviceFinder, type LegacyRequest } from "./legacy-device-finder.ts";
import {
  countLegacyDevicesOf,
  type LegacyDeviceRow,
  type ListedLegacyRow,
  readLegacyDevices,
} from "./legacy-device.repository.ts";
import { createOnePerTurn } from "./one-per-turn.ts";
import type { LegacyMachine, LegacyReport } from "./legacy-machine.ts";
import { wholeOrganization } from "../../platform/tenant.ts";

/** A machine with its summary and its last original report. */
export type LegacyDevice = {
  machineId: string;
  summary: DeviceSummary;
  body: Record<string, unknown> | null;
};

/** Machines of legacy systems: devices like all others, identified by the name that they report and authenticated by a shared key. */
export type LegacyDevices = {
  /**
   * Stores a report; the first one creates the device, and one of an archived device restores it. Throws `forbidden` for the name of
   * a device with its own agent, or of another machine than the key's; `conflict` when there are too many machines.
   */
  report(by: LegacyRequest, machine: LegacyMachine, report: LegacyReport): Promise<void>;
  /** A keepalive. Creates a device as well, but does not restore an archived one. */
  ping(by: LegacyRequest, machine: LegacyMachine): Promise<void>;
  /** The device's id. Throws `not-found`, and `forbidden` as `report`. */
  find(caller: LegacyKeyCaller, machine: LegacyMachine): Promise<string>;
  /** Every machine of the system in an organization, archived ones too, a page at a time. */
  pages(orgId: string, system: LegacySystem): AsyncIterable<LegacyDevice[]>;
  /** How many these are. */
  count(orgId: string, system: LegacySystem): Promise<number>;
  archive(by: LegacyRequest, machine: LegacyMachine): Promise<void>;
  restore(by: LegacyRequest, machine: LegacyMachine): Promise<DeviceSummary>;
  /** Removes the device with its history, archived before or not. */
  purge(by: LegacyRequest, machine: LegacyMachine): Promise<void>;
};

/** The boot time is computed from the uptime, which jitters. */
const BOOT_JITTER_MS = 60_000;
const EPOCH_LENGTH = 16;
/** One page of a list keeps other requests waiting for some milliseconds. */
const MACHINES_PER_PAGE = 50;

export function createLegacyDevices(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  events: EventBus;
  audit: Audit;
  ingest: Ingest;
  lifecycle: DeviceLifecycle;
  settings: OrganizationSettings;
}): LegacyDevices {
  const { store, clock, makeId, events, ingest, lifecycle } = deps;
  const finder = createLegacyDeviceFinder(deps);
  const onePerTurn = createOnePerTurn();

  async function updateFacts(orgId: string, row: LegacyDeviceRow, report: LegacyReport): Promise<void> {
    const changes = changedFacts(row, report, clock.now());
    if (Object.keys(changes).length === 0) return;
    await store.transaction((tx) => updateDevice(tx, orgId, row.device_no, changes));
    events.publish({ topic: "device.changed", orgId, ids: [row.id] });
  }

  function ingestFor({ orgId, keyId }: LegacyKeyCaller, deviceId: string, { metrics, body }: LegacyReport) {
    const now = clock.now();
    const report: Report = {
      v: 1,
      // Legacy agents do not number their reports, so each report is the first of its own epoch.
      epoch: makeId().replaceAll("-", "").slice(-EPOCH_LENGTH),
      lane: "live",
      sequence: 1,
      sentAt: now,
      bootId: "unknown",
      samples: metrics ? [{ at: now, ...metrics }] : [],
    };
    const legacyBody = body && JSON.stringify(body);
    return ingest.takeLegacy({ orgId, deviceId, credentialId: keyId }, report, legacyBody);
  }

  return {
    async report(by, machine, report) {
      const { caller, requestId } = by;
      const row = await finder.findOrCreate(by, machine, report);
      if (row.archived_at !== null) {
        await lifecycle.restore(wholeOrganization(caller.orgId), row.id, {
          actor: actorOf(caller),
          requestId,
        });
      }
      await updateFacts(caller.orgId, row, report);
      await ingestFor(caller, row.id, report);
    },
    async ping(by, machine) {
      const row = await finder.findOrCreate(by, machine, { metrics: null });
      if (row.archived_at === null) await ingestFor(by.caller, row.id, { metrics: null });
    },
    async find(caller, machine) {
      return (await finder.require(caller, machine)).id;
    },
    async *pages(orgId, system) {
      let after = -1;
      for (;;) {
        const range = { after, limit: MACHINES_PER_PAGE };
        const rows = await onePerTurn(() => readLegacyDevices(store.read, orgId, system, range));
        const now = clock.now();
        if (rows.length > 0) yield rows.map((row) => toLegacyDevice(row, now));
        if (rows.length < MACHINES_PER_PAGE) return;
        after = rows.at(-1)?.device_no ?? after;
      }
    },
    count: (orgId, system) => countLegacyDevicesOf(store.read, orgId, system),
    async archive({ caller, requestId }, machine) {
      const { id } = await finder.require(caller, machine);
      await lifecycle.archive(wholeOrganization(caller.orgId), id, { actor: actorOf(caller), requestId });
    },
    async restore({ caller, requestId }, machine) {
      const { id } = await finder.require(caller, machine);
      return lifecycle.restore(wholeOrganization(caller.orgId), id, { actor: actorOf(caller), requestId });
    },
    async purge({ caller, requestId }, machine) {
      const { id } = await finder.require(caller, machine);
      const by = { actor: actorOf(caller), requestId };
      await lifecycle.archive(wholeOrganization(caller.orgId), id, by);
      await lifecycle.purge(wholeOrganization(caller.orgId), id, by);
    },
  };
}

/** The columns of `devices` that a report changes. */
function changedFacts(row: LegacyDeviceRow, report: LegacyReport, now: number): DeviceColumnChanges {
  const changes: DeviceColumnChanges = {};
  if (report.osFamily && report.osFamily !== row.os_family) changes.os_family = report.osFamily;
  if (report.osName && report.osName !== row.os_name) changes.os_name = report.osName;
  if (report.uptimeS !== undefined) {
    const bootedAt = Math.round(now - report.uptimeS * 1000);
    const isOther = row.booted_at === null || Math.abs(bootedAt - row.booted_at) > BOOT_JITTER_MS;
    if (bootedAt > 0 && isOther) changes.booted_at = bootedAt;
  }
  return changes;
}

function toLegacyDevice(row: ListedLegacyRow, now: number): LegacyDevice {
  return {
    machineId: row.machine_id,
    summary: toSummary(row, now),
    body: row.body === null ? null : readBody(row.body),
  };
}

/** Reads the column `body`, which `report` wrote. */
function readBody(body: string): Record<string, unknown> {
  const read: Record<string, unknown> = JSON.parse(body);
  return read;
}
