import { benchEnvironment, type BenchServer, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { type LoadRequests, type LoadResult, runLoad } from "./harness/load.ts";
import { warmUp } from "./harness/measure-cpu.ts";
import { openBenchStore, seedFleet, type SeededFleet } from "./harness/seed-fleet.ts";
import { seedAuditLog, seedDenseHistory } from "./harness/seed-noise.ts";

const DURATION_MS = scaled(8_000, 3_000);
const NOISY_DEVICES = scaled(4_000, 400);
const CALM_DEVICES = 100;
const AUDIT_ROWS = scaled(200_000, 10_000);
const DENSE_SAMPLES = 59_500;
const DAY_MS = 86_400_000;
/** Devices of the noisy tenant that attack, each at the default limit of requests. */
const ATTACKING_DEVICES = 20;
const DEVICE_PER_S = 5;
const MEMBER_PER_S = 50;

/** All limits are the defaults. */
function limitedEnvironment(folder: string): Record<string, string> {
  const environment = benchEnvironment(folder);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/_(PER_S|AT_ONCE)$/.test(name)));
}

async function seed(environment: Record<string, string>) {
  const noisy = await seedFleet(environment, NOISY_DEVICES);
  const calm = await seedFleet(environment, CALM_DEVICES);
  const store = await openBenchStore(environment);
  try {
    await seedAuditLog(store, noisy.orgId, AUDIT_ROWS);
    const [dense] = noisy.devices;
    if (dense) await seedDenseHistory(store, dense.deviceNo, DENSE_SAMPLES, Date.now());
  } finally {
    await store.close();
  }
  return { noisy, calm };
}

type Attack = { name: string; requests: LoadRequests; perSecond: number };

function attacksOf({ devices, apiKey }: SeededFleet): Attack[] {
  const credentials = devices.slice(0, ATTACKING_DEVICES).map(({ credential }) => credential);
  const bodies = (name: string, kind: "inventories" | "unknown keys"): Attack => ({
    name,
    requests: { kind, devices: credentials, firstSequence: 1e6, epoch: "bench1" },
    perSecond: ATTACKING_DEVICES * DEVICE_PER_S,
  });
  const gets = (name: string, path: string): Attack => ({
    name,
    requests: { kind: "get", paths: [path], bearer: apiKey },
    perSecond: MEMBER_PER_S,
  });
  const iso = (ms: number) => new Date(ms).toISOString();
  const range = `from=${iso(Date.now() - 3 * DAY_MS)}&to=${iso(Date.now())}`;
  return [
    bodies("inventories of 5,000 addresses", "inventories"),
    bodies("bodies of 95,000 unknown keys", "unknown keys"),
    gets("history of 59,500 samples", `/api/v1/devices/${devices[0]?.id}/history?${range}`),
    gets("search of 8 terms", "/api/v1/devices?search=h+o+s+t+-+0+1+zz"),
    gets("list by a measured value", "/api/v1/devices?sort=lastReport"),
    gets("audit search without hits", "/api/v1/audit?search=nowhere"),
  ];
}

/** The calm tenant's reports and pages, at rates far below its limits. */
async function measureCalm(server: BenchServer, { devices, apiKey }: SeededFleet, round: number) {
  const { port } = server;
  const load = { port, connections: 16, durationMs: DURATION_MS };
  const credentials = devices.map(({ credential }) => credential);
  const cpuBefore = server.cpu().allS;
  await server.stalls();
  const [reports, pages] = await Promise.all([
    runLoad({
      ...load,
      perSecond: 100,
      requests: { kind: "reports", devices: credentials, firstSequence: round * 1e4, epoch: "bench1" },
    }),
    runLoad({
      ...load,
      perSecond: 20,
      requests: {
        kind: "get",
        paths: ["/api/v1/devices?limit=50", "/api/v1/devices?limit=50&search=host-00007"],
        bearer: apiKey,
      },
    }),
  ]);
  return {
    reports: reports.latencyMs.p99,
    pages: pages.latencyMs.p99,
    stallMs: (await server.stalls()).maxMs,
    cpuS: server.cpu().allS - cpuBefore,
  };
}

async function attack(server: BenchServer, { requests, perSecond }: Attack): Promise<LoadResult> {
  return runLoad({
    port: server.port,
    connections: 64,
    durationMs: DURATION_MS,
    requests,
    perSecond,
    isQuiet: true,
  });
}

await inBenchFolder(async (folder) => {
  const environment = limitedEnvironment(folder);
  const { noisy, calm } = await seed(environment);
  const server = await startBenchServer(environment);
  const rows: Cell[][] = [];
  try {
    await warmUp(
      server,
      calm.devices.map(({ credential }) => credential),
    );
    let round = 1;
    await measureCalm(server, calm, round++);
    for (const one of attacksOf(noisy)) {
      const idle = await measureCalm(server, calm, round++);
      const before = server.cpu().allS;
      const attacking = attack(server, one);
      const during = await measureCalm(server, calm, round++);
      const { statuses, answered } = await attacking;
      const accepted = answered - (statuses["429"] ?? 0);
      const costMs = ((server.cpu().allS - before - idle.cpuS) * 1000) / accepted;
      rows.push([
        one.name,
        accepted / (DURATION_MS / 1000),
        (statuses["429"] ?? 0) / (DURATION_MS / 1000),
        idle.reports,
        during.reports / idle.reports,
        idle.pages,
        during.pages / idle.pages,
        idle.stallMs,
        during.stallMs,
        costMs,
      ]);
    }
  } finally {
    await server.stop();
  }
  printTable(
    "p99 of a calm tenant while another is at its worst within the default limits (target: 3 x idle)",
    [
      "the other tenant sends",
      "accepted/s",
      "429/s",
      "reports idle ms",
      "x idle",
      "pages idle ms",
      "x idle",
      "longest stall idle ms",
      "longest stall ms",
      "CPU of the server per accepted, ms",
    ],
    rows,
  );
});
