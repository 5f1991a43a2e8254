import type { Sample } from "@muster/shared/contracts/metric.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import { createFreezing } from "../../server/src/fleet/history/create-freezing.ts";
import { createHistoryPacker } from "../../server/src/fleet/history/history-packer.ts";
import {
  createHistoryService,
  type HistoryDevice,
  type HistoryService,
} from "../../server/src/fleet/history/history.service.ts";
import { createJournalChain } from "../../server/src/fleet/history/journal-chain.repository.ts";
import { createSqliteJournal } from "../../server/src/fleet/history/journal.repository.sqlite.ts";
import { journalRow } from "../../server/src/fleet/history/journal.ts";
import { createRollupReader } from "../../server/src/fleet/history/rollup-reader.ts";
import { createSampleReader } from "../../server/src/fleet/history/sample-reader.ts";
import { createPackedHistoryRepository } from "../../server/src/fleet/history/packed-history.repository.ts";
import {
  createPackingRepository,
  type PackingRepository,
} from "../../server/src/fleet/history/packing.system-repository.ts";
import { createPackingService, type PackingService } from "../../server/src/fleet/history/packing.service.ts";
import {
  createPostgresJournal,
  POSTGRES_JOURNAL_INSERT,
} from "../../server/src/fleet/history/journal.repository.postgres.ts";

/** Samples of one device as one report brings them. */
export type Received = { deviceNo: number; receivedAt: number; samples: readonly [Sample, ...Sample[]] };

/** History over a test's store, without the rest of the fleet: devices are numbers, ingest is `append`. */
export type HistoryServer = {
  /** Appends reports in one transaction and remembers each device's newest row. */
  append(reports: readonly Received[]): Promise<void>;
  device(deviceNo: number, intervalS?: number): HistoryDevice;
  history: HistoryService;
  packing: PackingService;
};

/** `wrap` may put something in front of what packing writes, to make it fail. */
export function createHistoryServer(
  store: Store,
  wrap: (packing: PackingRepository) => PackingRepository = (packing) => packing,
): HistoryServer {
  const heads = new Map<number, number>();
  const packed = createPackedHistoryRepository(store.read);
  const samples = createSampleReader(packed, createJournalChain(store));
  return {
    append: createAppend(store, heads),
    device: (deviceNo, intervalS = 30) => ({ deviceNo, intervalS, journalHead: heads.get(deviceNo) ?? null }),
    history: createHistoryService(samples, createRollupReader(packed, samples)),
    packing: createPackingService({
      freezing: createFreezing(store),
      packing: wrap(createPackingRepository(store)),
      startPacker: () => createHistoryPacker(store.read),
    }),
  };
}

function createAppend(
  { engine }: Store,
  heads: Map<number, number>,
): (reports: readonly Received[]) => Promise<void> {
  if (engine.kind === "sqlite") {
    const journal = createSqliteJournal(engine.writer);
    return (reports) =>
      engine.runExclusive(() => {
        for (const report of reports) {
          const previous = heads.get(report.deviceNo) ?? null;
          heads.set(report.deviceNo, journal.append({ ...report, previous }));
        }
      });
  }
  const journal = createPostgresJournal(engine.pool);
  return async (reports) => {
    const ids = await journal.takeIds(reports.length);
    const rows = reports.map((report, index) => {
      const row = journalRow({ ...report, previous: heads.get(report.deviceNo) ?? null });
      const id = ids[index] ?? 0;
      heads.set(report.deviceNo, id);
      return [id, row.device_no, row.at, row.received_at, row.previous, row.samples] as const;
    });
    const byHour = Map.groupBy(rows, ([, , , receivedAt]) => Math.floor(receivedAt / 3_600_000));
    for (const [hour, own] of byHour) {
      const columns = Array.from({ length: 6 }, (_, column) => own.map((row) => row[column]));
      await journal.withPartition(hour * 3_600_000, () =>
        engine.pool.query(POSTGRES_JOURNAL_INSERT, columns),
      );
    }
  };
}
