import type { Store } from "../platform/database/store.ts";
import type { ActionSystemRepository } from "./action.system-repository.ts";

/**
 * Which devices have work waiting, in memory: the answer of every report says it, and a report is too frequent for a query.
 * Read again after every hint and every few seconds, because hints may be lost.
 */
export type WaitingActions = {
  has(deviceId: string): boolean;
  add(deviceIds: readonly string[]): void;
  refresh(): Promise<void>;
};

export function createWaitingActions(store: Store, allTenants: ActionSystemRepository): WaitingActions {
  let waiting = new Set<string>();
  return {
    has: (deviceId) => waiting.has(deviceId),
    add(deviceIds) {
      for (const deviceId of deviceIds) waiting.add(deviceId);
    },
    async refresh() {
      waiting = new Set(await allTenants.devicesWithPending(store.read));
    },
  };
}
