import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { measureHello } from "./harness/hello.ts";
import { type LoadCost, measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const CONNECTIONS = 128;
const DURATION_MS = scaled(8000, 1500);
const FLEETS = [100, 10_000, 30_000].map((devices) => scaled(devices, 50));

/** Reports as fast as the server answers them, on SQLite with every commit synced. */
async function saturate(devices: number): Promise<LoadCost> {
  return inBenchFolder(async (folder) => {
    const environment = benchEnvironment(folder);
    const fleet = await seedFleet(environment, devices);
    const server = await startBenchServer(environment);
    try {
      const credentials = fleet.devices.map(({ credential }) => credential);
      const requests = { kind: "reports", devices: credentials, epoch: "bench1" } as const;
      const load = { connections: CONNECTIONS, durationMs: DURATION_MS };
      await warmUp(server, credentials);
      return await measureLoad(server, { ...load, requests: { ...requests, firstSequence: 1_000_000 } });
    } finally {
      await server.stop();
    }
  });
}

const hello = await measureHello(DURATION_MS / 2);
const rows: Cell[][] = [["plain node:http hello", hello.perSecond, hello.cpuUs, hello.cpuUs, 1, "", ""]];
for (const devices of FLEETS) {
  const { perSecond, cpuUs, mainUs, latencyMs } = await saturate(devices);
  const name = `ingest, SQLite FULL, ${devices.toLocaleString("en")} devices`;
  rows.push([name, perSecond, cpuUs, mainUs, cpuUs / hello.cpuUs, latencyMs.p50, latencyMs.p99]);
}
printTable(
  "Reports as fast as the server answers them (target: at most 5 x hello; 10,000 against 100 devices within 25 %, 30,000 against 10,000 within 10 %)",
  ["", "per second", "CPU us each", "main thread us", "x hello", "p50 ms", "p99 ms"],
  rows,
);
