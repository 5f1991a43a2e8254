import type { Clock } from "../../platform/clock.ts";
import type { Store } from "../../platform/database/store.ts";
import type { Job } from "../../platform/jobs/job.ts";
import type { PackingService } from "./packing.service.ts";
import { HOUR_MS } from "./period.ts";
import { createPostgresJournal } from "./journal.repository.postgres.ts";
import type { RetentionService } from "./retention.service.ts";
import { returnFreePages } from "./sqlite-free-pages.ts";

const MINUTE_MS = 60_000;
const PARTITIONS_AHEAD = 3;

export type HistoryJobsDeps = {
  store: Store;
  clock: Clock;
  packing: PackingService;
  retention: RetentionService;
};

export function createHistoryJobs({ store, clock, packing, retention }: HistoryJobsDeps): Job[] {
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
        await retention.expire(clock.now(), signal);
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
