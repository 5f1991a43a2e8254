import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import {
  benchEnvironment,
  type BenchServer,
  type LoopStalls,
  startBenchServer,
} from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { openLivePages } from "./harness/open-streams.ts";
import { type LoadCost, measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { openBenchStore, seedFleet, type SeededFleet } from "./harness/seed-fleet.ts";
import { seedUnpackedHour } from "./harness/seed-history.ts";

const DEVICES = scaled(10_000, 100);
const PAGES = 50;
const DURATION_MS = scaled(15_000, 3000);
const HOUR_MS = 3_600_000;
const commandLine = path.join(import.meta.dirname, "../../server/src/cli/main.ts");

/** A finished hour of every device waits to be packed; the server begins within a minute of its start. */
async function seed(environment: Record<string, string>): Promise<SeededFleet> {
  const fleet = await seedFleet(environment, DEVICES);
  const store = await openBenchStore(environment);
  try {
    if (store.engine.kind !== "sqlite") throw new Error("This bench needs SQLite.");
    const deviceNos = fleet.devices.map(({ deviceNo }) => deviceNo);
    await seedUnpackedHour(store.engine, deviceNos, Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 1);
  } finally {
    await store.close();
  }
  return fleet;
}

async function untilPacking(environment: Record<string, string>): Promise<void> {
  const store = await openBenchStore(environment);
  try {
    for (;;) {
      const { frozen_through, packed_through } = await store.read
        .selectFrom("history_packing")
        .select(["frozen_through", "packed_through"])
        .executeTakeFirstOrThrow();
      if (frozen_through !== null || packed_through > 0) return;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
  } finally {
    await store.close();
  }
}

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const fleet = await seed(environment);
  const server = await startBenchServer(environment);
  try {
    const credentials = fleet.devices.map(({ credential }) => credential);
    let round = 0;
    const report = (options: { durationMs: number; perSecond?: number }) => {
      round += 1;
      const requests = {
        kind: "reports",
        devices: credentials,
        firstSequence: round * 1e6,
        epoch: "bench1",
      } as const;
      return measureLoad(server, { connections: 128, requests, ...options });
    };
    await warmUp(server, credentials);
    const saturated = await report({ durationMs: DURATION_MS / 3 });
    const perSecond = Math.round(saturated.perSecond / 2);
    const rows: Cell[][] = [];
    rows.push(rowOf("half of that, no other load", ...(await calmly(server, report, perSecond))));
    const pages = await openLivePages(server.port, PAGES, fleet.readKeys);
    rows.push(rowOf(`and ${PAGES} live pages`, ...(await calmly(server, report, perSecond))));
    await untilPacking(environment);
    const copy = spawn(process.execPath, [commandLine, "backup", `${folder}/backup.db`], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const copied = once(copy, "exit");
    rows.push(
      rowOf(
        "and packing, and a backup (target p99 15 ms, stall 50 ms)",
        ...(await calmly(server, report, perSecond)),
      ),
    );
    await copied;
    await pages.close();
    printTable(
      `Reports at a fixed rate, ${DEVICES.toLocaleString("en")} devices; saturated: ${Math.round(saturated.perSecond)} per second`,
      ["", "per second", "CPU us each", "p50 ms", "p99 ms", "max ms", "longest stall ms"],
      rows,
    );
  } finally {
    await server.stop();
  }
});

async function calmly(
  server: BenchServer,
  report: (options: { durationMs: number; perSecond: number }) => Promise<LoadCost>,
  perSecond: number,
): Promise<[LoadCost, LoopStalls]> {
  await server.stalls();
  const cost = await report({ durationMs: DURATION_MS, perSecond });
  return [cost, await server.stalls()];
}

function rowOf(name: string, { perSecond, cpuUs, latencyMs }: LoadCost, { maxMs }: LoopStalls): Cell[] {
  return [name, perSecond, cpuUs, latencyMs.p50, latencyMs.p99, latencyMs.max, maxMs];
}
