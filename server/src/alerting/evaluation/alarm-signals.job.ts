import type { Transaction } from "kysely";
import { type DeviceSignal, readDeviceNosAfter, readSignals, readWatchedDevices } from "../../fleet/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import { isTransientFailure } from "../../platform/database/transient-failure.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import type { AlarmTransition } from "../alarm-transition.ts";
import { lockSweep, moveSweep, readSweeps, type Sweep } from "../rules/rule-sets.system-repository.ts";
import { deleteTimers, readDueDevices } from "./alarm-timers.system-repository.ts";
import type { AlarmEffects, ProcessSignals } from "./process-signals.ts";
import type { Recheck } from "./recheck.ts";
import { createFailedSignals } from "./failed-signals.ts";
import type { TransactionSize } from "./transaction-size.ts";

const EVERY_MS = 1_000;
/** Devices that one run looks at because of new rules, so that signals do not wait for all devices of a large organization. */
const SWEPT_PER_RUN = 2_000;

type SignalsJobDeps = {
  store: Store;
  clock: Clock;
  log: Logger;
  observedMs(): number;
  recheck: Recheck;
  process: ProcessSignals;
  size: TransactionSize;
  effects: Pick<AlarmEffects, "applyTransitions">;
};

/** The second stage: what reports and changes of devices mean for alarms. One server at a time runs it. */
export function createAlarmSignalsJob(deps: SignalsJobDeps): Job {
  const { store, observedMs, process, size } = deps;
  const failed = createFailedSignals(deps);

  async function processAll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const signals = await readSignals(store.read, size.devices);
      if (signals.length === 0) return;
      try {
        await process(signals);
      } catch (error) {
        if (isTransientFailure(error)) throw error;
        if ((await processEach(signals, signal)) === 0) return;
      }
    }
  }

  /** One device at a time, so that what fails for one of them does not hold up the others. Returns how many signals are dealt with. */
  async function processEach(signals: readonly DeviceSignal[], signal: AbortSignal): Promise<number> {
    let done = 0;
    for (const own of Map.groupBy(signals, ({ deviceNo }) => deviceNo).values()) {
      if (signal.aborted) return 0;
      try {
        await process(own);
        done += own.length;
      } catch (error) {
        if (isTransientFailure(error)) throw error;
        done += await failed.count(own, error);
      }
    }
    return done;
  }

  return {
    name: "alarm-signals",
    everyMs: EVERY_MS,
    async run(signal) {
      await processAll(signal);
      const due = await readDueDevices(store.read, observedMs(), SWEPT_PER_RUN);
      for (let start = 0; start < due.length && !signal.aborted; ) {
        const slice = due.slice(start, start + size.devices);
        await recheckDevices(deps, slice);
        start += slice.length;
      }
      for (let swept = 0; swept < SWEPT_PER_RUN && !signal.aborted; ) {
        const [sweep] = await readSweeps(store.read, 1);
        if (!sweep) return;
        swept += await sweepOn(deps, sweep);
      }
    },
  };
}

async function recheckDevices(
  { store, clock, recheck, effects, size }: SignalsJobDeps,
  deviceNos: readonly number[],
  sweep?: { sweep: Sweep; to: number | null },
): Promise<void> {
  const run = async (tx: Transaction<Tables>): Promise<void> => {
    if (sweep && !(await lockSweep(tx, store.dialect, sweep.sweep))) return;
    const of = recheck.rulesIn(tx);
    const devices = await readWatchedDevices(tx, store.dialect, deviceNos, clock.now());
    const found = new Set(devices.map(({ deviceNo }) => deviceNo));
    await deleteTimers(
      tx,
      deviceNos.filter((deviceNo) => !found.has(deviceNo)),
    );
    const transitions: AlarmTransition[] = [];
    for (const device of devices) transitions.push(...(await recheck.device(tx, device, { of })));
    await effects.applyTransitions(tx, transitions);
    if (sweep) await moveSweep(tx, sweep.sweep, sweep.to);
  };
  await store.transaction((tx) => size.measure(() => run(tx)));
}

/** Returns how many devices it has come on, at the end too. */
async function sweepOn(deps: SignalsJobDeps, sweep: Sweep): Promise<number> {
  const { devices } = deps.size;
  const numbers = await readDeviceNosAfter(deps.store.read, sweep.orgId, sweep.afterDeviceNo, devices);
  const isLast = numbers.length < devices;
  await recheckDevices(deps, numbers, { sweep, to: isLast ? null : (numbers.at(-1) ?? null) });
  return devices;
}
