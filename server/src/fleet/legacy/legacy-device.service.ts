import type { DeviceSummary } from "@muster/shared/contracts/device.ts";
import type { LegacySystem } from "@muster/shared/contracts/legacy-system.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { actorOf, type Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import type { CompatCaller } from "../../platform/http/caller.ts";
import { type DeviceColumnChanges, insertDevice, updateDevice } from "../devices/device.repository.ts";
import type { DeviceLifecycle } from "../devices/device-lifecycle.service.ts";
import { toSummary } from "../devices/device-row.ts";
import type { Ingest } from "../ingest/ingest.service.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import { newLegacyDevice, type LegacyMachine, type LegacyReport } from "./legacy-machine.ts";
import {
  countLegacyDevices,
  findLegacyDevice,
  isNativeDevice,
  listLegacyDevices,
  type LegacyDeviceRow,
} from "./legacy-device.repository.ts";

/** Who speaks, and under which request. */
export type LegacyRequest = { caller: CompatCaller; requestId: string };

/** A machine with what Muster makes of it, and what it said last in its own words. */
export type LegacyDevice = {
  machineId: string;
  summary: DeviceSummary;
  body: Record<string, unknown> | null;
};

/** Machines of legacy systems: devices like all others, known by the name that they give themselves, believed by a shared key. */
export type LegacyDevices = {
  /**
   * Stores a report; the first one makes the device, and one of an archived device restores it. Throws `forbidden` for the name of
   * a device with an agent of its own, or of another machine than the key's; `conflict` when there are too many machines.
   */
  report(by: LegacyRequest, machine: LegacyMachine, report: LegacyReport): Promise<void>;
  /** A sign of life. Makes a device as well, and leaves an archived one archived. */
  ping(by: LegacyRequest, machine: LegacyMachine): Promise<void>;
  /** The device's id. Throws `not-found`, and `forbidden` as `report`. */
  find(caller: CompatCaller, machine: LegacyMachine): Promise<string>;
  /** Every machine of the system in an organization, archived ones too. */
  list(orgId: string, system: LegacySystem): Promise<LegacyDevice[]>;
  archive(by: LegacyRequest, machine: LegacyMachine): Promise<void>;
  restore(by: LegacyRequest, machine: LegacyMachine): Promise<DeviceSummary>;
  /** Removes the device with its history, archived before or not. */
  purge(by: LegacyRequest, machine: LegacyMachine): Promise<void>;
};

/** A key that got out may make this many devices, and no more. */
const MAX_LEGACY_DEVICES = 10_000;
/** The start of a machine is computed from its uptime, which jitters. */
const BOOT_JITTER_MS = 60_000;
const EPOCH_LENGTH = 16;

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
  const { store, clock, makeId, events, audit, ingest, lifecycle, settings } = deps;

  async function find(
    { orgId, machineId: own }: CompatCaller,
    { system, machineId }: LegacyMachine,
  ): Promise<LegacyDeviceRow | undefined> {
    if (own !== null && own !== machineId) {
      throw new MusterError("forbidden", "This key speaks for another machine.");
    }
    const row = await findLegacyDevice(store.read, orgId, system, machineId);
    if (!row && (await isNativeDevice(store.read, orgId, machineId))) {
      throw new MusterError("forbidden", "This device has an agent of its own.");
    }
    return row;
  }

  async function requireDevice(caller: CompatCaller, machine: LegacyMachine): Promise<LegacyDeviceRow> {
    const row = await find(caller, machine);
    if (!row) throw new MusterError("not-found", "There is no such machine.");
    return row;
  }

  async function create(
    { caller, requestId }: LegacyRequest,
    machine: LegacyMachine,
    report: LegacyReport,
  ): Promise<LegacyDeviceRow> {
    const { orgId } = caller;
    const { reportIntervalS } = await settings.of(orgId);
    return store.transaction(async (tx) => {
      const earlier = await findLegacyDevice(tx, orgId, machine.system, machine.machineId);
      if (earlier) return earlier;
      if ((await countLegacyDevices(tx, orgId)) >= MAX_LEGACY_DEVICES) {
        throw new MusterError(
          "conflict",
          `There are ${MAX_LEGACY_DEVICES} machines of legacy systems already.`,
        );
      }
      const device = newLegacyDevice(machine, report, { id: makeId(), orgId, now: clock.now() });
      const deviceNo = await insertDevice(tx, device, reportIntervalS);
      await audit.record(tx, {
        orgId,
        actor: actorOf(caller),
        action: "device.appeared",
        subject: { type: "device", id: device.id, name: machine.machineId },
        details: { system: machine.system },
        requestId,
      });
      return { ...device, device_no: deviceNo };
    });
  }

  /** A second report that came at the same time may have made it first: then the unique index refuses, and it is there. */
  async function findOrCreate(
    by: LegacyRequest,
    machine: LegacyMachine,
    report: LegacyReport,
  ): Promise<LegacyDeviceRow> {
    const known = await find(by.caller, machine);
    if (known) return known;
    try {
      return await create(by, machine, report);
    } catch (error) {
      const made = await find(by.caller, machine);
      if (made) return made;
      throw error;
    }
  }

  async function updateFacts(orgId: string, row: LegacyDeviceRow, report: LegacyReport): Promise<void> {
    const changes: DeviceColumnChanges = {};
    if (report.osFamily && report.osFamily !== row.os_family) changes.os_family = report.osFamily;
    if (report.osName && report.osName !== row.os_name) changes.os_name = report.osName;
    if (report.uptimeS !== undefined) {
      const bootedAt = Math.round(clock.now() - report.uptimeS * 1000);
      const isOther = row.booted_at === null || Math.abs(bootedAt - row.booted_at) > BOOT_JITTER_MS;
      if (bootedAt > 0 && isOther) changes.booted_at = bootedAt;
    }
    if (Object.keys(changes).length === 0) return;
    await store.transaction((tx) => updateDevice(tx, orgId, row.device_no, changes));
    events.publish({ topic: "device.changed", orgId, ids: [row.id] });
  }

  function ingestFor({ orgId, keyId }: CompatCaller, deviceId: string, { metrics, body }: LegacyReport) {
    const now = clock.now();
    const report: Report = {
      v: 1,
      // Legacy agents do not count their reports, so each begins a count of its own.
      epoch: makeId().replaceAll("-", "").slice(-EPOCH_LENGTH),
      lane: "live",
      sequence: 1,
      sentAt: now,
      bootId: "unknown",
      samples: metrics ? [{ at: now, ...metrics }] : [],
    };
    const said = body && JSON.stringify(body);
    return ingest.take({ orgId, deviceId, credentialId: keyId }, report, now, said);
  }

  return {
    async report(by, machine, report) {
      const { caller, requestId } = by;
      const row = await findOrCreate(by, machine, report);
      if (row.archived_at !== null) {
        await lifecycle.restore(caller.orgId, row.id, { actor: actorOf(caller), requestId });
      }
      await updateFacts(caller.orgId, row, report);
      await ingestFor(caller, row.id, report);
    },
    async ping(by, machine) {
      const row = await findOrCreate(by, machine, { metrics: null });
      if (row.archived_at === null) await ingestFor(by.caller, row.id, { metrics: null });
    },
    async find(caller, machine) {
      return (await requireDevice(caller, machine)).id;
    },
    async list(orgId, system) {
      const now = clock.now();
      const rows = await listLegacyDevices(store.read, orgId, system);
      return rows.map((row) => ({
        machineId: row.machine_id,
        summary: toSummary(row, now),
        body: row.body === null ? null : readBody(row.body),
      }));
    },
    async archive({ caller, requestId }, machine) {
      const { id } = await requireDevice(caller, machine);
      await lifecycle.archive(caller.orgId, id, { actor: actorOf(caller), requestId });
    },
    async restore({ caller, requestId }, machine) {
      const { id } = await requireDevice(caller, machine);
      return lifecycle.restore(caller.orgId, id, { actor: actorOf(caller), requestId });
    },
    async purge({ caller, requestId }, machine) {
      const { id } = await requireDevice(caller, machine);
      const by = { actor: actorOf(caller), requestId };
      await lifecycle.archive(caller.orgId, id, by);
      await lifecycle.purge(caller.orgId, id, by);
    },
  };
}

/** Reads the column `body`, which `report` wrote. */
function readBody(body: string): Record<string, unknown> {
  const read: Record<string, unknown> = JSON.parse(body);
  return read;
}
