import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { runLoad } from "./harness/load.ts";
import { measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const AGENTS = scaled(1000, 20);
const LIVE = scaled(10_000, 200);
const HOURS = 72;
const DURATION_MS = scaled(20_000, 4000);
/** The rate of 30,000 devices with an interval of 30 s. */
const LIVE_PER_S = 1000;
/** An agent in backfill sends a report of 500 samples every half interval on average. */
const BACKFILL_PER_S = AGENTS / 15;

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const fleet = await seedFleet(environment, LIVE + AGENTS);
  const server = await startBenchServer(environment);
  try {
    const credentials = fleet.devices.map(({ credential }) => credential);
    const live = (firstSequence: number) =>
      measureLoad(server, {
        connections: 64,
        durationMs: DURATION_MS,
        perSecond: LIVE_PER_S,
        requests: { kind: "reports", devices: credentials.slice(0, LIVE), firstSequence, epoch: "bench1" },
      });
    await warmUp(server, credentials);
    await server.stalls();
    const alone = await live(1e6);
    const stallsAlone = await server.stalls();
    const returning = runLoad({
      port: server.port,
      connections: 50,
      durationMs: DURATION_MS,
      perSecond: BACKFILL_PER_S,
      requests: { kind: "backfill", devices: credentials.slice(LIVE), hours: HOURS, epoch: "bench2" },
    });
    const together = await live(2e6);
    const stalls = await server.stalls();
    const backfill = await returning;
    const reports = backfill.statuses["200"] ?? 0;
    const costMs = ((together.cpuUs - alone.cpuUs) * together.answered) / 1000 / reports;
    const rows: Cell[][] = [
      ["live alone", alone.perSecond, alone.latencyMs.p50, alone.latencyMs.p99, stallsAlone.maxMs],
      [
        "live with the backfill",
        together.perSecond,
        together.latencyMs.p50,
        together.latencyMs.p99,
        stalls.maxMs,
      ],
    ];
    printTable(
      `${AGENTS.toLocaleString("en")} agents send a backfill of ${HOURS} h each: ${Math.round(BACKFILL_PER_S)} reports of 500 samples a second, ${costMs.toFixed(1)} ms CPU each (target: the live p99 holds)`,
      ["", "live per second", "p50 ms", "p99 ms", "longest stall ms"],
      rows,
    );
  } finally {
    await server.stop();
  }
});
