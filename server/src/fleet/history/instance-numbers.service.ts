import { INSTANCE_KINDS, type InstanceKind, type Sample } from "@muster/shared/contracts/metric.ts";
import { MAX_INSTANCES_PER_DEVICE } from "@muster/shared/contracts/metric-table.ts";
import type { Clock } from "../../platform/clock.ts";
import { createGroupedTransactions } from "../../platform/database/grouped-transactions.ts";
import type { Store } from "../../platform/database/store.ts";
import { lockDevice } from "../devices/device.repository.ts";
import {
  addInstances,
  findDeviceNo,
  type InstanceRow,
  instanceKey,
  readInstances,
  touchInstances,
} from "./instances.repository.ts";
import type { InstanceNumbers } from "./labelled-value.ts";

/** Gives the instances of a device's labelled series the numbers under which history stores them. */
export type InstanceNumbering = {
  /**
   * The numbers of all instances in `samples`; new ones are recorded first. Instances beyond `MAX_INSTANCES_PER_DEVICE` get none.
   * Undefined when no sample has labelled series.
   */
  of(device: DeviceKey, samples: readonly Sample[]): Promise<InstanceNumbers | undefined>;
};

type DeviceKey = { orgId: string; deviceId: string };
type Instance = { kind: InstanceKind; name: string };
type KnownDevice = { numbers: Map<InstanceKind, Map<string, number>>; isFull: boolean; expiresAt: number };

/** About 1 kB for each device. */
const MAX_KNOWN_DEVICES = 50_000;
const HOUR_MS = 3_600_000;
/** `last_seen_at` may be behind by this much and by the time for which a device is known: together less than two days. */
const TOUCHED_EVERY_MS = 12 * HOUR_MS;
const KNOWN_FOR_MS = 12 * HOUR_MS;
/** Devices that became known together are not all read again together. */
const SPREAD_MS = 12 * HOUR_MS;

export function createInstanceNumbers(store: Store, clock: Clock): InstanceNumbering {
  const transact = createGroupedTransactions(store);
  const known = new Map<string, KnownDevice>();

  function knownDevice(deviceId: string): KnownDevice {
    const now = clock.now();
    const before = known.get(deviceId);
    const isUsable =
      before !== undefined && now < before.expiresAt && before.expiresAt - now <= 2 * KNOWN_FOR_MS;
    const device = isUsable
      ? before
      : { numbers: new Map(), isFull: false, expiresAt: now + KNOWN_FOR_MS + Math.random() * SPREAD_MS };
    known.delete(deviceId);
    known.set(deviceId, device);
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN_DEVICES && oldest !== undefined) known.delete(oldest);
    return device;
  }

  /** The rows of `wanted`, each seen within the last day. Reads first: after a restart most are there. */
  async function confirm(key: DeviceKey, wanted: readonly Instance[]): Promise<InstanceRow[]> {
    const deviceNo = await findDeviceNo(store.read, key.orgId, key.deviceId);
    if (deviceNo === null) return [];
    const keys = new Set(wanted.map(instanceKey));
    const since = clock.now() - TOUCHED_EVERY_MS;
    const stored = await readInstances(store.read, key.orgId, deviceNo);
    const recent = stored.filter((row) => keys.has(instanceKey(row)) && row.last_seen_at >= since);
    if (recent.length === keys.size) return recent;
    return transact(async (tx) => {
      // The device may have been deleted in the meantime.
      await lockDevice(tx, store.dialect, key.orgId, key.deviceId);
      const locked = await findDeviceNo(tx, key.orgId, key.deviceId);
      if (locked === null) return [];
      const now = clock.now();
      const rows = await readInstances(tx, key.orgId, locked);
      const seen = rows.filter((row) => keys.has(instanceKey(row)));
      const added = newInstances(rows, wanted, now);
      await touchInstances(tx, key.orgId, locked, { numbers: seen.map(({ number }) => number), now });
      await addInstances(tx, key.orgId, locked, added);
      return [...seen, ...added];
    });
  }

  return {
    async of(key, samples) {
      if (samples.every(({ series }) => series === undefined)) return undefined;
      const device = knownDevice(key.deviceId);
      const unknown = unknownInstances(samples, device.numbers);
      if (unknown.length === 0 || device.isFull) return device.numbers;
      const confirmed = await confirm(key, unknown);
      for (const { kind, name, number } of confirmed) {
        const ofKind = device.numbers.get(kind) ?? new Map<string, number>();
        device.numbers.set(kind, ofKind.set(name, number));
      }
      device.isFull = confirmed.length < unknown.length;
      return device.numbers;
    },
  };
}

/** The instances of all samples that are not in `numbers`, each once. */
function unknownInstances(samples: readonly Sample[], numbers: InstanceNumbers): Instance[] {
  const found = new Map<string, Instance>();
  for (const { series } of samples) {
    for (const kind of INSTANCE_KINDS) {
      for (const name of series?.[kind]?.names ?? []) {
        if (numbers.get(kind)?.has(name) !== true) found.set(instanceKey({ kind, name }), { kind, name });
      }
    }
  }
  return [...found.values()];
}

/** Those of `wanted` that are not in `rows`, with the next numbers, as long as there is room. */
function newInstances(rows: readonly InstanceRow[], wanted: readonly Instance[], now: number): InstanceRow[] {
  const existing = new Set(rows.map(instanceKey));
  const highest = rows.reduce((most, { number }) => Math.max(most, number), 0);
  return wanted
    .filter((instance) => !existing.has(instanceKey(instance)))
    .slice(0, Math.max(0, MAX_INSTANCES_PER_DEVICE - rows.length))
    .map((instance, index) => ({ ...instance, number: highest + 1 + index, last_seen_at: now }));
}
