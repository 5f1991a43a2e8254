import { get } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { benchEnvironment, type BenchServer, startBenchServer } from "./harness/bench-server.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { residentBytes } from "./harness/resident-bytes.ts";
import { seedFleet } from "./harness/seed-fleet.ts";
import { seedLegacyReports } from "./harness/seed-legacy-reports.ts";

/** What DashFleet's list costs when many ask at once, each number also as a multiple of what one request takes. */
const MACHINES = scaled(4000, 100);
const BODY_BYTES = 14_000;
const PUBLIC_AT_ONCE = scaled(100, 10);
const PRIVATE_AT_ONCE = scaled(20, 4);
const PROBE_INTERVAL_MS = 20;
const MEBIBYTE_BYTES = 1_048_576;

type Measured = { totalMs: number; longestHealthMs: number; peakBytes: number; answerBytes: number };

function download(url: string, bearer?: string): Promise<number> {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (answer) => {
      let bytes = 0;
      if (answer.statusCode !== 200) reject(new Error(`${url} was answered ${answer.statusCode}`));
      answer.on("data", (chunk: Buffer) => void (bytes += chunk.length));
      answer.on("end", () => resolve(bytes));
      answer.on("error", reject);
    });
    request.on("error", reject);
  });
}

/** Loads the list `atOnce` times at once, and asks for the server's health meanwhile. */
async function measure(
  server: BenchServer,
  path: string,
  atOnce: number,
  bearer?: string,
): Promise<Measured> {
  const stop = new AbortController();
  let longestHealthMs = 0;
  let peakBytes = 0;
  const probe = (async () => {
    while (!stop.signal.aborted) {
      const askedAt = performance.now();
      await download(`${server.url}/api/health`);
      longestHealthMs = Math.max(longestHealthMs, performance.now() - askedAt);
      peakBytes = Math.max(peakBytes, residentBytes(server.pid));
      await delay(PROBE_INTERVAL_MS);
    }
  })();
  const startedAt = performance.now();
  const loads = Array.from({ length: atOnce }, () => download(`${server.url}${path}`, bearer));
  const [answerBytes = 0] = await Promise.all(loads);
  const totalMs = performance.now() - startedAt;
  stop.abort();
  await probe;
  return { totalMs, longestHealthMs, peakBytes, answerBytes };
}

await inBenchFolder(async (folder) => {
  const limits = { MUSTER_ADDRESS_REQUESTS_PER_S: "1000000", MUSTER_ADDRESS_REQUESTS_AT_ONCE: "10000000" };
  const environment = { ...benchEnvironment(folder), ...limits };
  const fleet = await seedFleet(environment, MACHINES);
  await seedLegacyReports(environment, fleet.orgId, BODY_BYTES);
  const server = await startBenchServer(environment);
  const rows: Cell[][] = [];
  try {
    const lists = [
      ["GET /api/fleet/public", PUBLIC_AT_ONCE, undefined],
      ["GET /api/fleet", PRIVATE_AT_ONCE, fleet.apiKey],
    ] as const;
    for (const [name, atOnce, bearer] of lists) {
      const path = name.slice(4);
      await measure(server, path, 1, bearer);
      // The public list is kept for some seconds: this measures one that is made.
      await delay(6000);
      const one = await measure(server, path, 1, bearer);
      await delay(6000);
      const all = await measure(server, path, atOnce, bearer);
      for (const [label, { totalMs, longestHealthMs, peakBytes, answerBytes }] of [
        ["once", one],
        [`${atOnce} at once`, all],
      ] as const) {
        const mebibytes = [answerBytes, peakBytes].map((bytes) => bytes / MEBIBYTE_BYTES);
        rows.push([`${name}, ${label}`, totalMs, totalMs / one.totalMs, longestHealthMs, ...mebibytes]);
      }
    }
  } finally {
    await server.stop();
  }
  printTable(
    `DashFleet's list of ${MACHINES.toLocaleString("en")} machines with reports of ${BODY_BYTES.toLocaleString("en")} bytes`,
    ["", "ms", "x one", "health ms", "MiB each", "peak MiB"],
    rows,
  );
});
