import type { Store } from "../platform/database/store.ts";
import type { ActionSystemRepository } from "./action.system-repository.ts";

/**
 * How many actions wait for each device, in memory: the answer to every report contains it, and reports are too frequent for a query.
 * Read again every few seconds, because hints may be lost; in between it may be too high, never too low.
 */
export type WaitingActions = {
  of(deviceId: string): number;
  /** These devices have work, or a cancel to answer. */
  hint(deviceIds: readonly string[]): void;
  refresh(): Promise<void>;
};

export function createWaitingActions(store: Store, allTenants: ActionSystemRepository): WaitingActions {
  let waiting: ReadonlyMap<string, number> = new Map();
  let hinted = new Map<string, number>();
  const of = (deviceId: string) => (waiting.get(deviceId) ?? 0) + (hinted.get(deviceId) ?? 0);
  return {
    of,
    hint(deviceIds) {
      for (const deviceId of deviceIds) hinted.set(deviceId, (hinted.get(deviceId) ?? 0) + 1);
    },
    async refresh() {
      const before = hinted;
      hinted = new Map();
      waiting = await allTenants.countPending(store.read).catch((error: unknown) => {
        for (const [deviceId, count] of before) hinted.set(deviceId, count);
        throw error;
      });
    },
  };
}
