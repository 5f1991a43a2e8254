import type { Kysely } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Tables } from "../../platform/database/tables.ts";
import type { Route } from "../../platform/http/route.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import { createFreezing } from "./create-freezing.ts";
import { createHistoryJobs } from "./history.job.ts";
import { createHistoryRoutes, type FindHistoryDevices } from "./history.routes.ts";
import { createHistoryService } from "./history.service.ts";
import { startHistoryThread } from "./history-thread.ts";
import { createJournalChain } from "./journal-chain.repository.ts";
import { createRollupReader } from "./rollup-reader.ts";
import { createSampleReader } from "./sample-reader.ts";
import { createPackedHistoryRepository } from "./packed-history.repository.ts";
import { createPackingRepository } from "./packing.system-repository.ts";
import { createPackingService } from "./packing.service.ts";
import { createRetentionRepository } from "./retention.system-repository.ts";
import { createRetentionService, type HistoryRetention } from "./retention.service.ts";
import { createSparklineService } from "./sparkline.service.ts";

export type HistoryDeps = {
  store: Store;
  clock: Clock;
  retention: HistoryRetention;
  retentionClock: Pick<RetentionClock, "advance">;
  /** `device_no`, interval and journal head of devices of one organization. */
  findDevices: FindHistoryDevices;
};

export type FleetHistory = {
  routes: Route[];
  jobs: Job[];
  /** Deletes a device's history in the transaction that deletes the device. */
  purge(tx: Kysely<Tables>, deviceNo: number): Promise<void>;
};

/** History of the fleet: the journal, its packing, the rollups, and reading them. */
export function createHistory(deps: HistoryDeps): FleetHistory {
  const { store, clock, retention, retentionClock, findDevices } = deps;
  const packed = createPackedHistoryRepository(store.read);
  const chain = createJournalChain(store);
  const samples = createSampleReader(packed, chain);
  const history = createHistoryService(samples, createRollupReader(packed, samples));
  const sparklines = createSparklineService(packed, chain);
  const retained = createRetentionRepository(store);
  const packing = createPackingService({
    freezing: createFreezing(store),
    packing: createPackingRepository(store),
    startPacker: () => startHistoryThread(store),
  });
  return {
    routes: createHistoryRoutes({ history, sparklines, findDevices, clock }),
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
