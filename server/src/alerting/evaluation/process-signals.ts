import type { Transaction } from "kysely";
import {
  deleteSignals,
  type DeviceSignal,
  readWatchedDevices,
  type WatchedDevice,
  writeWatchState,
} from "../../fleet/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { AlarmTransition, SelfEndReason } from "../alarm-transition.ts";
import type { AlarmEntry } from "./alarm-state.ts";
import { deleteTimers } from "./alarm-timers.system-repository.ts";
import type { RuleSet } from "./effective-rules.ts";
import type { Recheck } from "./recheck.ts";
import type { TransactionSize } from "./transaction-size.ts";
import { readEntries, writeEntries } from "./watch-state.ts";
import { readWatched, type WatchedTransition } from "./watched-transition.ts";

/** What opens and ends alarms, inside the transaction that deals with the signals. */
export type AlarmEffects = {
  applyTransitions(tx: Transaction<Tables>, transitions: readonly AlarmTransition[]): Promise<void>;
  /** Ends all open alarms of a device, also those that no rule opened. */
  endAlarmsOfDevice(
    tx: Transaction<Tables>,
    orgId: string,
    deviceId: string,
    reason: SelfEndReason,
  ): Promise<void>;
  /** Lets the open alarms of devices follow their customer and name. */
  followDevices(tx: Transaction<Tables>, devices: readonly WatchedDevice[]): Promise<void>;
};

/** Deals with signals in one transaction, and deletes them in it. */
export type ProcessSignals = (signals: readonly DeviceSignal[]) => Promise<void>;

export function createProcessSignals(deps: {
  store: Store;
  clock: Clock;
  recheck: Recheck;
  effects: AlarmEffects;
  size: TransactionSize;
}): ProcessSignals {
  const { store, clock, recheck, effects, size } = deps;
  return (read) => {
    const run = async (tx: Transaction<Tables>): Promise<void> => {
      const taken = await deleteSignals(
        tx,
        read.map(({ id }) => id),
      );
      const signals = read.filter(({ id }) => taken.has(id));
      const numbers = [...new Set(signals.map(({ deviceNo }) => deviceNo))];
      const found = await readWatchedDevices(tx, store.dialect, numbers, clock.now());
      const devices = new Map(found.map((device) => [device.deviceNo, device]));
      const of = recheck.rulesIn(tx);
      const isChange = ({ kind }: DeviceSignal) => kind !== "watched";
      const changed = new Set(signals.filter(isChange).map(({ deviceNo }) => deviceNo));
      await effects.followDevices(
        tx,
        found.filter(({ deviceNo }) => changed.has(deviceNo)),
      );
      const transitions: AlarmTransition[] = [];
      for (const [deviceNo, own] of Map.groupBy(signals, (signal) => signal.deviceNo)) {
        const device = devices.get(deviceNo);
        if (!device) continue;
        const { rules } = await of(device.orgId);
        const accepted = acceptWatched(own, { device, rules });
        const { entries } = accepted;
        const rechecked: AlarmTransition[] = [];
        if (changed.has(deviceNo)) {
          if (device.isArchived && !hasAlarmOfLeaving(entries, rules)) {
            await effects.endAlarmsOfDevice(tx, device.orgId, device.deviceId, "device-archived");
          }
          const hasJustLeft = own.some(({ kind }) => kind === "left");
          rechecked.push(...(await recheck.device(tx, device, { of, entries, hasJustLeft })));
        } else if (accepted.isReset) await writeWatchState(tx, device, writeEntries(entries));
        // A device that is back is not offline any more when its values are told.
        const isOver = ({ kind, ruleId }: AlarmTransition) =>
          kind === "ended" && rules.find(ruleId)?.rule.condition.watches === "device";
        transitions.push(...rechecked.filter(isOver), ...accepted.transitions);
        transitions.push(...rechecked.filter((transition) => !isOver(transition)));
      }
      await effects.applyTransitions(tx, transitions);
      for (const { orgId, deviceId, deviceNo } of signals.filter(({ kind }) => kind === "removed")) {
        await effects.endAlarmsOfDevice(tx, orgId, deviceId, "device-removed");
        await deleteTimers(tx, [deviceNo]);
      }
    };
    return store.transaction((tx) => size.measure(() => run(tx)));
  };
}

/** The one alarm that an archived device may have: it is told after the others have ended. */
function hasAlarmOfLeaving(entries: readonly AlarmEntry[], rules: RuleSet): boolean {
  return entries.some(({ ruleId }) => rules.find(ruleId)?.rule.type === "device-left");
}

/**
 * The transitions that the watch of reports stored, as far as the rules say the same by now. What an older rule opened is dropped, and
 * its entry with it, so that the rule as it is begins at its next report.
 */
function acceptWatched(
  signals: readonly DeviceSignal[],
  { device, rules }: { device: WatchedDevice; rules: RuleSet },
): { transitions: AlarmTransition[]; entries: readonly AlarmEntry[]; isReset: boolean } {
  const transitions: AlarmTransition[] = [];
  let entries = readEntries(device.state);
  let isReset = false;
  for (const signal of signals) {
    if (signal.kind !== "watched") continue;
    const watched = readWatched(signal.body);
    const { transition } = watched;
    const rule = rules.find(transition.ruleId)?.rule;
    if (isCurrent(watched, { device, rules })) {
      // A new name alone makes another version of the rule, under which this still holds.
      transitions.push({ ...transition, ruleVersion: rule?.version ?? transition.ruleVersion });
    } else if (transition.kind === "violated") {
      const { ruleId, instance } = transition;
      entries = entries.filter((entry) => entry.ruleId !== ruleId || entry.instance !== instance);
      isReset = true;
    }
  }
  return { transitions, entries, isReset };
}

function isCurrent(
  { transition, conditionVersion }: WatchedTransition,
  { device, rules }: { device: WatchedDevice; rules: RuleSet },
): boolean {
  if (transition.kind === "ended") return true;
  const found = rules.find(transition.ruleId);
  return found?.isEnabled === true && found.rule.conditionVersion === conditionVersion && !device.isArchived;
}
