import { readFileSync } from "node:fs";
import { Client } from "pg";
import { startPostgres } from "../harness/start-postgres.ts";
import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { printTable } from "./harness/bench-table.ts";
import { measureHello } from "./harness/hello.ts";
import { measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { readFamilyCpuS } from "./harness/process-cpu.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const DEVICES = scaled(10_000, 100);
const DURATION_MS = scaled(8000, 1500);

/** PostgreSQL's default: synced at every commit. */
const durable = { max_connections: "100", shared_buffers: "512MB", max_wal_size: "4GB" };

async function postmasterOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return Number(readFileSync(`${rows[0]?.data_directory}/postmaster.pid`, "utf8").split("\n")[0]);
  } finally {
    await client.end();
  }
}

const hello = await measureHello(DURATION_MS / 2);
const postgres = await startPostgres(durable);
try {
  await inBenchFolder(async (folder) => {
    const postmaster = await postmasterOf(postgres.url);
    const environment = benchEnvironment(folder, postgres.url);
    const fleet = await seedFleet(environment, DEVICES);
    const server = await startBenchServer(environment);
    try {
      const devices = fleet.devices.map(({ credential }) => credential);
      const requests = { kind: "reports", devices, epoch: "bench1" } as const;
      const load = { connections: 128, durationMs: DURATION_MS };
      await warmUp(server, devices);
      const before = readFamilyCpuS(postmaster);
      const cost = await measureLoad(server, {
        ...load,
        requests: { ...requests, firstSequence: 1_000_000 },
      });
      const postgresUs = ((readFamilyCpuS(postmaster) - before) * 1e6) / cost.answered;
      printTable(
        `Reports as fast as the server answers them, PostgreSQL with synchronous commit, ${DEVICES.toLocaleString("en")} devices (target: half of the SQLite rate, PostgreSQL at most 12 us)`,
        ["", "per second", "CPU us each", "x hello", "PostgreSQL us each", "p50 ms", "p99 ms"],
        [
          ["plain node:http hello", hello.perSecond, hello.cpuUs, 1, "", "", ""],
          [
            "ingest",
            cost.perSecond,
            cost.cpuUs,
            cost.cpuUs / hello.cpuUs,
            postgresUs,
            cost.latencyMs.p50,
            cost.latencyMs.p99,
          ],
        ],
      );
    } finally {
      await server.stop();
    }
  });
} finally {
  await postgres.stop();
}
