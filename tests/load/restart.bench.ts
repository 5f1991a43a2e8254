import type { Store } from "../../server/src/platform/database/store.ts";
import { DAY_MS, dayOf } from "../../server/src/fleet/history/period.ts";
import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { openBenchStore, seedFleet } from "./harness/seed-fleet.ts";
import { rawRows, samplesOf, seedUnpackedHour } from "./harness/seed-history.ts";

const DEVICES = scaled(10_000, 100);
const DAYS = 30;
const STARTS = 3;

/** The same day's bytes for every device and day: only their number and size matter. */
async function seedDays(store: Store, deviceNos: readonly number[]): Promise<number> {
  const today = dayOf(Date.now());
  const [template] = rawRows(0, samplesOf(1, today * DAY_MS, (today + 1) * DAY_MS), dayOf);
  if (!template || store.engine.kind !== "sqlite") throw new Error("This bench needs SQLite.");
  const { writer, runExclusive } = store.engine;
  const insert = writer.prepare<[number, number, Buffer]>(
    "insert into history_days (device_no, period, bytes) values (?, ?, ?)",
  );
  for (let day = today - DAYS; day < today; day += 1) {
    await runExclusive(() => {
      for (const deviceNo of deviceNos) insert.run(deviceNo, day, template.bytes);
    });
  }
  return Number(writer.pragma("page_count", { simple: true })) * 4096;
}

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const fleet = await seedFleet(environment, DEVICES);
  const deviceNos = fleet.devices.map(({ deviceNo }) => deviceNo);
  const store = await openBenchStore(environment);
  const sizeBytes = await seedDays(store, deviceNos);
  if (store.engine.kind === "sqlite") await seedUnpackedHour(store.engine, deviceNos, Date.now());
  await store.close();
  const rows: Cell[][] = [];
  for (let start = 1; start <= STARTS; start += 1) {
    const server = await startBenchServer(environment);
    rows.push([`start ${start}`, server.startedInMs / 1000]);
    await server.stop();
  }
  printTable(
    `Restart with ${DAYS} days of ${DEVICES.toLocaleString("en")} devices and an unpacked hour, ${(sizeBytes / 1e9).toFixed(1)} GB (target: 3 s)`,
    ["", "s to the first 2xx"],
    rows,
  );
});
