import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { measureHello } from "./harness/hello.ts";
import { measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const DEVICES = scaled(10_000, 200);
const DURATION_MS = scaled(3000, 800);

const READS: readonly [string, string][] = [
  ["default order (target 0.4 ms)", "/api/v1/devices?limit=50"],
  ["by name", "/api/v1/devices?limit=50&sort=name"],
  ["by score (target of these: 5 ms)", "/api/v1/devices?limit=50&sort=score"],
  ["by cpu", "/api/v1/devices?limit=50&sort=cpu&order=desc"],
  ["by last report", "/api/v1/devices?limit=50&sort=lastReport"],
  ["one customer", "/api/v1/devices?limit=50&customer=Customer%207"],
  ["critical ones", "/api/v1/devices?limit=50&attention=critical"],
  ["search that finds many", "/api/v1/devices?limit=50&search=person-3"],
  ["search that finds nothing", "/api/v1/devices?limit=50&search=nowhere"],
  ["one user", "/api/v1/devices?limit=50&user=person-34"],
  ["a menu: users", "/api/v1/devices/facets?facet=user"],
  ["a menu: customers, under a search", "/api/v1/devices/facets?facet=customerId&search=person-3"],
  ["tallies under a filter", "/api/v1/devices/facets?facet=attention&facet=presence&osFamily=linux"],
  [
    "tallies under their own filters",
    "/api/v1/devices/facets?facet=attention,presence&attention=critical&presence=online",
  ],
  ["summary", "/api/v1/devices/summary"],
];

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const hello = await measureHello(DURATION_MS);
  const fleet = await seedFleet(environment, DEVICES);
  const server = await startBenchServer(environment);
  const rows: Cell[][] = [["plain node:http hello", hello.cpuUs / 1000, 1, ""]];
  try {
    // In the order of their secrets: which device reported last has nothing to do with its number.
    const devices = fleet.devices.map(({ credential }) => credential).toSorted();
    await warmUp(server, devices);
    const detail = `/api/v1/devices/${fleet.devices[DEVICES >> 1]?.id}`;
    for (const [name, path] of [...READS, ["one device", detail] as const]) {
      const requests = { kind: "get", paths: [path], bearer: fleet.apiKey } as const;
      await measureLoad(server, { connections: 2, durationMs: DURATION_MS / 4, requests });
      const { cpuUs, latencyMs } = await measureLoad(server, {
        connections: 2,
        durationMs: DURATION_MS,
        requests,
      });
      rows.push([name, cpuUs / 1000, cpuUs / hello.cpuUs, latencyMs.p99]);
    }
  } finally {
    await server.stop();
  }
  printTable(
    `Pages of 50 out of ${DEVICES.toLocaleString("en")} devices`,
    ["", "CPU ms each", "x hello", "p99 ms"],
    rows,
  );
});
