import { actorOf, type Audit } from "../../identity/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import { MusterError } from "../../platform/errors.ts";
import type { LegacyKeyCaller } from "../../platform/http/caller.ts";
import { insertDevice } from "../devices/device.repository.ts";
import type { OrganizationSettings } from "../organization-settings.ts";
import {
  countLegacyDevices,
  findLegacyDevice,
  isNativeDevice,
  type LegacyDeviceRow,
} from "./legacy-device.repository.ts";
import { type LegacyMachine, type LegacyReport, newLegacyDevice } from "./legacy-machine.ts";

/** Who sends, and in which HTTP request. */
export type LegacyRequest = { caller: LegacyKeyCaller; requestId: string };

/** Bounds how many devices a leaked key can create. */
const MAX_LEGACY_DEVICES = 10_000;

/** Finds the device of a legacy machine, and creates it with its first report. */
export function createLegacyDeviceFinder(deps: {
  store: Store;
  clock: Clock;
  makeId: MakeId;
  audit: Audit;
  settings: OrganizationSettings;
}) {
  const { store, clock, makeId, audit, settings } = deps;

  async function find(
    { orgId, machineId: keyMachineId }: LegacyKeyCaller,
    { system, machineId }: LegacyMachine,
  ): Promise<LegacyDeviceRow | undefined> {
    if (keyMachineId !== null && keyMachineId !== machineId) {
      throw new MusterError("forbidden", "This key belongs to another machine.");
    }
    const row = await findLegacyDevice(store.read, orgId, system, machineId);
    if (!row && (await isNativeDevice(store.read, orgId, machineId))) {
      throw new MusterError("forbidden", "This device is managed by Muster's own agent.");
    }
    return row;
  }

  async function require(caller: LegacyKeyCaller, machine: LegacyMachine): Promise<LegacyDeviceRow> {
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
          `The organization already has ${MAX_LEGACY_DEVICES} machines of legacy systems.`,
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

  /** If another report creates the device at the same time, the unique index refuses this one; the device then exists. */
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

  return { find, require, findOrCreate };
}
