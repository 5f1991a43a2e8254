import type { Store } from "../platform/database/store.ts";
import type { ActionSystemRepository } from "./action.system-repository.ts";

/**
 * How much work waits for which device, in memory: the answer of every report says it, and a report is too frequent for a query.
 * Read again every few seconds, because hints may be lost; in between it may be one too many, never one too few.
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
