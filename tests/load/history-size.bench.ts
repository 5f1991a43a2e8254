import { createHistoryPacker } from "../../server/src/fleet/history/history-packer.ts";
import { createFreezing } from "../../server/src/fleet/history/create-freezing.ts";
import { createSqliteJournal } from "../../server/src/fleet/history/journal.repository.sqlite.ts";
import type { InstanceNumbers } from "../../server/src/fleet/history/labelled-value.ts";
import { createPackingRepository } from "../../server/src/fleet/history/packing.system-repository.ts";
import { createPackingService } from "../../server/src/fleet/history/packing.service.ts";
import type { SqliteEngine } from "../../server/src/platform/database/store.ts";
import { benchEnvironment } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { createRealisticMachine, type InstanceCounts } from "./harness/realistic-machine.ts";
import { openBenchStore } from "./harness/seed-fleet.ts";

const DEVICES = scaled(60, 5);
const DAYS = 6;
const HOUR_MS = 3_600_000;
const INTERVAL_MS = 30_000;
const START = Date.UTC(2026, 4, 3);
const TABLES = ["history_segments", "history_days", "history_five_minutes", "history_hours"] as const;

/** The numbers of as many instances as any of the machines has. */
const INSTANCES: InstanceNumbers = new Map([
  ["fileSystem", new Map(Array.from({ length: 8 }, (_, index) => [`/srv/${index}`, index + 1]))],
  ["networkInterface", new Map(Array.from({ length: 4 }, (_, index) => [`eth${index}`, index + 9]))],
]);

/** Stores one hour of every device, like ingest. */
async function receiveHour(engine: SqliteEngine, from: number, machines: Machines): Promise<void> {
  const journal = createSqliteJournal(engine.writer);
  await engine.runExclusive(() => {
    for (let at = from; at < from + HOUR_MS; at += INTERVAL_MS) {
      for (const [deviceNo, machine] of machines) {
        const sample = machine.next(at + deviceNo * 13 + ((at / INTERVAL_MS) % 9));
        journal.append({
          deviceNo,
          previous: null,
          receivedAt: at,
          samples: [sample],
          instances: INSTANCES,
          intervalS: INTERVAL_MS / 1000,
        });
      }
    }
  });
}

type Machines = ReadonlyMap<number, ReturnType<typeof createRealisticMachine>>;

function bytesOf({ reader }: SqliteEngine, table: string): number {
  return Number(
    reader
      .prepare<[string, string], number>("select coalesce(sum(pgsize), 0) from dbstat where name in (?, ?)")
      .pluck()
      .get(table, `${table}_by_device`),
  );
}

/** Fills a database with the history of machines, and prints what a sample of them takes. */
async function measure(title: string, instances?: InstanceCounts): Promise<void> {
  await inBenchFolder(async (folder) => {
    const store = await openBenchStore(benchEnvironment(folder));
    const { engine } = store;
    if (engine.kind !== "sqlite") throw new Error("This bench needs SQLite.");
    const machines = new Map(
      Array.from({ length: DEVICES }, (_, index) => [index + 1, createRealisticMachine(index, instances)]),
    );
    const packing = createPackingService({
      freezing: createFreezing(store),
      packing: createPackingRepository(store),
      startPacker: () => createHistoryPacker(store.read),
    });
    const { signal } = new AbortController();
    const end = START + DAYS * 24 * HOUR_MS;
    const before = process.cpuUsage();
    let journalBytes = 0;
    for (let hour = START; hour < end; hour += HOUR_MS) {
      await receiveHour(engine, hour, machines);
      journalBytes ||= bytesOf(engine, "journal");
      await packing.pack(hour + HOUR_MS + 600_000, signal);
    }
    const hourly = bytesOf(engine, "history_segments");
    await packing.compact(end + 3 * HOUR_MS, signal);
    const { user, system } = process.cpuUsage(before);
    const samples = (DEVICES * DAYS * 24 * HOUR_MS) / INTERVAL_MS;
    const rows: Cell[][] = [
      ["journal, until packed", journalBytes / ((DEVICES * HOUR_MS) / INTERVAL_MS)],
      ["history_segments, until the day is over", hourly / samples],
      ...TABLES.map((table): Cell[] => [table, bytesOf(engine, table) / samples]),
    ];
    const total = TABLES.reduce((sum, table) => sum + bytesOf(engine, table), 0) / samples;
    printTable(
      `Bytes on disk per sample each 30 s: ${title}`,
      ["table", "bytes"],
      [...rows, ["all history, rollups included", total]],
    );
    console.log(
      `\n  CPU of receiving, packing and compacting: ${((user + system) / samples).toFixed(1)} us per sample`,
    );
    await store.close();
  });
}

await measure("12 metrics (target: at most 15)");
await measure("and 2 file systems, 1 interface: 6 labelled values", { fileSystems: 2, interfaces: 1 });
await measure("and 8 file systems, 4 interfaces: 24 labelled values", { fileSystems: 8, interfaces: 4 });
