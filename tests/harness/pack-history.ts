import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import { createFreezing } from "../../server/src/fleet/history/create-freezing.ts";
import { startHistoryThread } from "../../server/src/fleet/history/history-thread.ts";
import { createPackingRepository } from "../../server/src/fleet/history/packing.system-repository.ts";
import { createPackingService } from "../../server/src/fleet/history/packing.service.ts";

/** Packs the history of the database `url` as of `now` (the arguments), and prints each step. */
const [url = "", now = ""] = process.argv.slice(2);
const say = (step: string) => process.stdout.write(`${step}\n`);

const store = await openStore({ url, log: pino({ level: "silent" }), migrations });
const repository = createPackingRepository(store);
const freezing = createFreezing(store);
const packing = createPackingService({
  freezing: {
    freeze: freezing.freeze,
    release(range, signal) {
      say("release");
      return freezing.release(range, signal);
    },
  },
  packing: {
    ...repository,
    async store(range, batch) {
      say("store");
      await repository.store(range, batch);
      say("stored");
    },
  },
  startPacker: () => startHistoryThread(store),
});
await packing.pack(Number(now), new AbortController().signal);
await store.close();
say("packed");
