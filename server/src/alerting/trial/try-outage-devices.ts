import { readDowntimes, readGaps } from "../../fleet/index.ts";
import type { ReadStore } from "../../platform/database/read-store.ts";
import type { ReadTurn } from "../../platform/read-threads/read.ts";
import { ENOUGH_MS, planTrial, type Trial } from "./plan-trial.ts";
import { type FactRule, tryOutages } from "./try-outages.ts";

const MAX_OUTAGES_PER_DEVICE = 2_000;

/** Tries a rule about absence on the recorded outages of its devices. */
export async function tryOutageDevices(
  store: ReadStore,
  trial: Trial<FactRule>,
  turn: ReadTurn,
): Promise<void> {
  const { rule, result, from, to } = trial;
  const gaps = await readGaps(store.read, { from, to });
  const planned = await planTrial(store, trial, turn);
  for (const [index, { device }] of planned.entries()) {
    if (!turn.hasTime(ENOUGH_MS)) {
      result.leaveOut("no-time", planned.length - index);
      return;
    }
    const rows = await readDowntimes(store.read, device.deviceNo, { from, to }, MAX_OUTAGES_PER_DEVICE);
    const outages = rows
      .filter(({ state }) => state === "down")
      .map(({ started_at, ended_at }) => ({ from: started_at, to: ended_at }))
      .toReversed();
    result.addDevice(
      { id: device.deviceId, name: device.name },
      tryOutages(rule, outages, { gaps, now: to }),
    );
    await turn.pause();
  }
}
