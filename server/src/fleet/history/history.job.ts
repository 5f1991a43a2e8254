import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../platform/clock.ts";
import type { RetentionClock } from "../../platform/jobs/retention-clock.ts";
import type { SqliteEngine, Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { PackingService } from "./packing.service.ts";
import { HOUR_MS } from "./period.ts";
import { createPostgresJournal } from "./journal.repository.postgres.ts";
import type { RetentionService } from "./retention.service.ts";

const MINUTE_MS = 60_000;
const PARTITIONS_AHEAD = 3;
// The journal of the next hour uses the pages of the last one again, so only more than that is returned.
const PAGES_TO_KEEP = 25_000;
const SHARE_TO_KEEP = 0.2;
const PAGES_PER_SLICE = 50;

export type HistoryJobsDeps = {
  store: Store;
  clock: Clock;
  packing: PackingService;
  retention: RetentionService;
  retentionClock: Pick<RetentionClock, "advance">;
};

export function createHistoryJobs(deps: HistoryJobsDeps): Job[] {
  const { store, clock, packing, retention, retentionClock } = deps;
  const { engine } = store;
  const jobs: Job[] = [
    {
      name: "history-pack",
      everyMs: MINUTE_MS,
      run: async (signal) => void (await packing.pack(clock.now(), signal)),
    },
    {
      name: "history-compact",
      everyMs: HOUR_MS,
      run: (signal) => packing.compact(clock.now(), signal),
    },
    {
      name: "history-retention",
      everyMs: HOUR_MS,
      async run(signal) {
        const until = await retentionClock.advance();
        if (until !== null) await retention.expire(until, signal);
        if (engine.kind === "sqlite") await returnFreePages(engine, signal);
      },
    },
  ];
  if (engine.kind === "postgres") {
    const journal = createPostgresJournal(engine.pool);
    jobs.push({
      name: "history-partitions",
      everyMs: 10 * MINUTE_MS,
      async run() {
        for (let hour = 0; hour <= PARTITIONS_AHEAD; hour += 1) {
          await journal.ensurePartition(clock.now() + hour * HOUR_MS);
        }
      },
    });
  }
  return jobs;
}

/** Returns free pages to the file system, in short transactions. */
async function returnFreePages({ writer, runExclusive }: SqliteEngine, signal: AbortSignal): Promise<void> {
  const count = (pragma: string) => Number(writer.pragma(pragma, { simple: true }));
  const kept = Math.max(PAGES_TO_KEEP, count("page_count") * SHARE_TO_KEEP);
  while (!signal.aborted && count("freelist_count") > kept) {
    await runExclusive(() => writer.pragma(`incremental_vacuum(${PAGES_PER_SLICE})`));
    await setImmediate();
  }
}
