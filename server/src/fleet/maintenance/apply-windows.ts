import { setImmediate } from "node:timers/promises";
import type { MaintenanceScope } from "@muster/shared/contracts/maintenance-window.ts";
import type { Transaction } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { EventBus } from "../../platform/events/event-bus.ts";
import { availabilityChange } from "../availability/availability-state.ts";
import { writeInterval } from "../availability/write-interval.repository.ts";
import { updateDevices } from "../devices/device-writes.repository.ts";
import { statusFactsOf } from "../devices/device-row.ts";
import { deviceStatusOf } from "../presence/device-status.ts";
import { insertChanges } from "../watch/device-signals.repository.ts";
import { type CoveredDevice, lockCoveredDevices, readCoveredDevices } from "./covered-device.repository.ts";
import { covers } from "./window-scope.ts";

/** A window that is open now. */
export type OpenWindow = { scope: MaintenanceScope; endsAt: number };

const DEVICES_PER_SCAN = 1_000;
/** Keeps a transaction short, so that reports do not wait for it. */
const DEVICES_PER_TRANSACTION = 25;

/** Puts devices of an organization into the maintenance of its open windows, and takes those out that no window covers any more. */
export type ApplyWindows = (orgId: string, open: readonly OpenWindow[], signal: AbortSignal) => Promise<void>;

export function createApplyWindows(deps: { store: Store; clock: Clock; events: EventBus }): ApplyWindows {
  const { store, clock, events } = deps;

  async function write(
    orgId: string,
    deviceNos: readonly number[],
    open: readonly OpenWindow[],
  ): Promise<void> {
    const now = clock.now();
    const changed = await store.transaction(async (tx) => {
      const ids: string[] = [];
      for (const row of await lockCoveredDevices(tx, store.dialect, deviceNos)) {
        if (untilOf(row, open) === currentUntil(row, now)) continue;
        await writeDevice(tx, orgId, row, untilOf(row, open), now);
        ids.push(row.id);
      }
      return ids;
    });
    if (changed.length > 0) events.publish({ topic: "device.changed", orgId, ids: changed });
  }

  async function writeDevice(
    tx: Transaction<Tables>,
    orgId: string,
    row: Awaited<ReturnType<typeof lockCoveredDevices>>[number],
    until: number | null,
    now: number,
  ): Promise<void> {
    const status = deviceStatusOf(statusFactsOf({ ...row, window_until: until }), now);
    const columns = {
      window_until: until,
      shown: status.shown,
      is_absent: status.isAbsent ? (1 as const) : (0 as const),
      attention_rank: status.attentionRank,
    };
    await updateDevices(tx, orgId, [{ deviceNo: row.device_no, columns }]);
    const facts = { connection: row.connection, isApproved: row.approved_at !== null };
    const before = { ...facts, isAbsent: row.is_absent === 1, shown: row.shown };
    const availability = availabilityChange(before, { ...facts, ...status }, now);
    const changed = { deviceNo: row.device_no, lastReportAt: row.last_received_at };
    if (availability) await writeInterval(tx, store.dialect, changed, availability);
    await insertChanges(tx, [{ orgId, deviceNo: row.device_no, deviceId: row.id, at: now }]);
  }

  return async (orgId, open, signal) => {
    for (let after: number | null = 0; after !== null && !signal.aborted; ) {
      const devices: CoveredDevice[] = await readCoveredDevices(store.read, orgId, {
        after,
        limit: DEVICES_PER_SCAN,
      });
      const now = clock.now();
      const numbers = devices
        .filter((device) => untilOf(device, open) !== currentUntil(device, now))
        .map(({ device_no }) => device_no);
      for (let start = 0; start < numbers.length && !signal.aborted; start += DEVICES_PER_TRANSACTION) {
        await write(orgId, numbers.slice(start, start + DEVICES_PER_TRANSACTION), open);
      }
      after = devices.length < DEVICES_PER_SCAN ? null : (devices.at(-1)?.device_no ?? null);
      await setImmediate();
    }
  };
}

/** Until when windows keep a device in maintenance; null for one that none covers. */
function untilOf(device: CoveredDevice, open: readonly OpenWindow[]): number | null {
  const ends = open.filter(({ scope }) => covers(scope, device)).map(({ endsAt }) => endsAt);
  return ends.length === 0 ? null : Math.max(...ends);
}

function currentUntil({ window_until: until }: CoveredDevice, now: number): number | null {
  return until !== null && until > now ? until : null;
}
