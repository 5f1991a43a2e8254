import type { Kysely } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import { createFreezing } from "./create-freezing.ts";
import { createHistoryJobs } from "./history.job.ts";
import { startHistoryThread } from "./history-thread.ts";
import { createPackingRepository } from "./packing.system-repository.ts";
import { createPackingService } from "./packing.service.ts";
import { createRetentionRepository } from "./retention.system-repository.ts";
import { createRetentionService, type HistoryRetention } from "./retention.service.ts";

export type HistoryDeps = {
  store: Store;
  clock: Clock;
  retention: HistoryRetention;
  retentionClock: Pick<RetentionClock, "advance">;
};

export type FleetHistory = {
  jobs: Job[];
  /** Deletes a device's history in the transaction that deletes the device. */
  purge(tx: Kysely<Tables>, deviceNo: number): Promise<void>;
};

/** History of the fleet: the journal, its packing and its end. */
export function createHistory({ store, clock, retention, retentionClock }: HistoryDeps): FleetHistory {
  const retained = createRetentionRepository(store);
  const packing = createPackingService({
    freezing: createFreezing(store),
    packing: createPackingRepository(store),
    startPacker: () => startHistoryThread(store),
  });
  return {
    jobs: createHistoryJobs({
      store,
      clock,
      packing,
      retention: createRetentionService(retained, retention),
      retentionClock,
    }),
    purge: (tx, deviceNo) => retained.purge(tx, deviceNo, clock.now()),
  };
}
