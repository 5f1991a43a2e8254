import { METRIC_NAMES } from "@muster/shared/contracts/metric.ts";
import { benchEnvironment, type BenchServer, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { measureHello } from "./harness/hello.ts";
import { measureLoad } from "./harness/measure-cpu.ts";
import { openBenchStore, seedFleet, type SeededFleet } from "./harness/seed-fleet.ts";
import { seedPackedYear, seedUnpackedHour } from "./harness/seed-history.ts";

const DEVICES = scaled(10_000, 200);
const WITH_A_YEAR = scaled(20, 3);
const DURATION_MS = scaled(4000, 1000);
const DAY_MS = 86_400_000;
const CHARTED = ["cpu", "memory", "disk", "netIn", "netOut"];

async function seed(environment: Record<string, string>): Promise<SeededFleet> {
  const fleet = await seedFleet(environment, DEVICES);
  const store = await openBenchStore(environment);
  try {
    if (store.engine.kind !== "sqlite") throw new Error("This bench needs SQLite.");
    const now = Date.now();
    for (const { deviceNo } of fleet.devices.slice(0, WITH_A_YEAR))
      await seedPackedYear(store, deviceNo, now);
    const deviceNos = fleet.devices.map(({ deviceNo }) => deviceNo);
    await seedUnpackedHour(store.engine, deviceNos, now);
  } finally {
    await store.close();
  }
  return fleet;
}

async function measure(server: BenchServer, fleet: SeededFleet, paths: readonly string[]) {
  const requests = { kind: "get", paths, bearer: fleet.apiKey } as const;
  const load = { connections: 2, requests };
  await measureLoad(server, { ...load, durationMs: DURATION_MS / 4 });
  return measureLoad(server, { ...load, durationMs: DURATION_MS });
}

const RANGES: readonly [string, number, readonly string[]][] = [
  ["1 h, the dashboard's 5 metrics", 1 / 24, CHARTED],
  ["16 h of samples, the dashboard's 5 metrics", 16 / 24, CHARTED],
  ["24 h, the dashboard's 5 metrics (target 2 ms)", 1, CHARTED],
  ["24 h, all 12 metrics", 1, METRIC_NAMES],
  ["7 d, the dashboard's 5 metrics", 7, CHARTED],
  ["30 d, the dashboard's 5 metrics (target 5 ms)", 30, CHARTED],
  ["30 d, all 12 metrics", 30, METRIC_NAMES],
  ["1 y, the dashboard's 5 metrics (target 10 ms)", 365, CHARTED],
  ["1 y, all 12 metrics", 365, METRIC_NAMES],
];

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const hello = await measureHello(DURATION_MS / 2);
  const fleet = await seed(environment);
  const server = await startBenchServer(environment);
  const rows: Cell[][] = [];
  try {
    const ids = fleet.devices.slice(0, WITH_A_YEAR).map(({ id }) => id);
    for (const [name, days, metrics] of RANGES) {
      const to = new Date();
      const from = new Date(to.getTime() - days * DAY_MS);
      const query = `from=${from.toISOString()}&to=${to.toISOString()}&metrics=${metrics.join(",")}`;
      const paths = ids.map((id) => `/api/v1/devices/${id}/history?${query}`);
      const { cpuUs, mainUs, latencyMs } = await measure(server, fleet, paths);
      rows.push([name, cpuUs / 1000, mainUs / 1000, cpuUs / hello.cpuUs, latencyMs.p99]);
    }
    const pages = Array.from({ length: Math.min(10, Math.floor(DEVICES / 100)) }, (_, page) =>
      fleet.devices.slice(page * 100, page * 100 + 100).map(({ id }) => id),
    );
    const paths = pages.map((page) => `/api/v1/devices/sparklines?ids=${page.join(",")}`);
    const { cpuUs, mainUs, latencyMs } = await measure(server, fleet, paths);
    rows.push(["sparklines of 100 devices", cpuUs / 1000, mainUs / 1000, cpuUs / hello.cpuUs, latencyMs.p99]);
  } finally {
    await server.stop();
  }
  printTable(
    `History of one of ${DEVICES.toLocaleString("en")} devices, all with an unpacked hour`,
    ["", "CPU ms each", "main thread ms", "x hello", "p99 ms"],
    rows,
  );
});
