import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { printTable } from "./harness/bench-table.ts";
import { openLivePages } from "./harness/open-streams.ts";
import { measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const DEVICES = scaled(10_000, 400);
const PAGES = 200;
const CHANGES_PER_S = 330;
const DURATION_MS = scaled(15_000, 4000);

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const fleet = await seedFleet(environment, DEVICES);
  const server = await startBenchServer(environment);
  try {
    const devices = fleet.devices.map(({ credential }) => credential);
    let round = 0;
    const report = () => {
      round += 1;
      const requests = { kind: "reports", devices, firstSequence: round * 1e6, epoch: "bench1" } as const;
      return measureLoad(server, {
        connections: 32,
        durationMs: DURATION_MS,
        requests,
        perSecond: CHANGES_PER_S,
      });
    };
    await warmUp(server, devices);
    const without = await report();
    const pages = await openLivePages(server.port, PAGES, fleet.readKeys);
    await pages.received();
    const watched = await report();
    const { bytes } = await pages.received();
    await pages.close();
    const core = (cpuUs: number) => (cpuUs * CHANGES_PER_S) / 1e4;
    printTable(
      `${PAGES} live pages at ${CHANGES_PER_S} changes a second (target: the pages cost at most 3 % of a core)`,
      ["", "% of a core", "bytes/s per page"],
      [
        ["reports alone", core(without.cpuUs), ""],
        ["with the pages", core(watched.cpuUs), bytes / PAGES / (DURATION_MS / 1000)],
        ["the pages", core(watched.cpuUs) - core(without.cpuUs), ""],
      ],
    );
  } finally {
    await server.stop();
  }
});
