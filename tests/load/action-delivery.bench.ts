import { type ActionFleet, machineMs, startActionFleet } from "./harness/action-fleet.ts";
import { benchEnvironment, startBenchServer } from "./harness/bench-server.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { giveDeviceKeys, readPinnedKeys } from "./harness/device-keys.ts";
import { measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { seedFleet } from "./harness/seed-fleet.ts";

const FLEET = scaled(10_000, 100);
const ACTING = scaled(1000, 20);
const SINGLES = scaled(300, 20);
const LOAD_MS = scaled(6000, 1500);
const CONNECTIONS = 64;

type Asking = { url: string; apiKey: string; fleet: ActionFleet };

/** Milliseconds from the request of one action for these devices until each device may act. */
async function deliver({ url, apiKey, fleet }: Asking, deviceIds: readonly string[]): Promise<number[]> {
  const actedAtMs: number[] = [];
  const all = new Promise<void>((resolve) => {
    fleet.onActionStarted(({ atMs }) => {
      if (actedAtMs.push(atMs) === deviceIds.length) resolve();
    });
  });
  const sentAtMs = machineMs();
  const answer = await fetch(`${url}/api/v1/actions`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ type: "message", payload: { title: "Hello", text: "World" }, deviceIds }),
  });
  if (answer.status !== 201)
    throw new Error(`The actions were answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
  await all;
  return actedAtMs.map((atMs) => atMs - sentAtMs);
}

/** One action at a time, each for another device, until `count` are done or `until` resolves. */
async function deliverSingles(
  asking: Asking,
  deviceIds: readonly string[],
  goesOn: (done: number) => boolean,
) {
  const latencies: number[] = [];
  while (goesOn(latencies.length)) {
    latencies.push(...(await deliver(asking, [deviceIds[latencies.length % deviceIds.length] ?? ""])));
  }
  return latencies;
}

function rowOf(name: string, latencies: readonly number[], cpuMs: number | ""): Cell[] {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return [name, sorted.length, at(0.5), at(0.99), at(1), cpuMs];
}

await inBenchFolder(async (folder) => {
  const environment = benchEnvironment(folder);
  const { orgId, apiKey, devices } = await seedFleet(environment, FLEET);
  const acting = await giveDeviceKeys(environment, devices.slice(0, ACTING));
  const pinned = await readPinnedKeys(environment, orgId);
  const server = await startBenchServer(environment);
  const fleet = await startActionFleet({ port: server.port, devices: acting, pinned });
  try {
    const asking: Asking = { url: server.url, apiKey, fleet };
    const credentials = devices.map(({ credential }) => credential);
    const ids = acting.map(({ id }) => id);
    const rows: Cell[][] = [];
    /** Runs a measurement and adds a row with the server's cost of each delivered action. */
    const measured = async (name: string, work: () => Promise<number[]>) => {
      const before = server.cpu();
      const latencies = await work();
      rows.push(rowOf(name, latencies, ((server.cpu().allS - before.allS) * 1000) / latencies.length));
    };

    await warmUp(server, credentials);
    const many = `${ACTING.toLocaleString("en")} devices together`;
    await measured(`${many}, each over a new connection`, () => deliver(asking, ids));
    await measured("one at a time, idle", () => deliverSingles(asking, ids, (done) => done < SINGLES));

    const reports = { kind: "reports", devices: credentials, epoch: "bench1" } as const;
    const saturated = await measureLoad(server, {
      connections: CONNECTIONS,
      durationMs: LOAD_MS / 2,
      requests: { ...reports, firstSequence: 1e6 },
    });
    const perSecond = Math.round(saturated.perSecond / 2);
    let isLoaded = true;
    const load = measureLoad(server, {
      connections: CONNECTIONS,
      durationMs: LOAD_MS,
      requests: { ...reports, firstSequence: 2e6 },
      perSecond,
    }).finally(() => {
      isLoaded = false;
    });
    const loaded = await deliverSingles(asking, ids, () => isLoaded);
    await load;
    rows.push(rowOf(`one at a time, with ${perSecond} reports/s (target: p99 100)`, loaded, ""));

    await measured(`${many}, connected (target: last 3,000)`, () => deliver(asking, ids));
    printTable(
      `From the request of an action until the device may act, ${FLEET.toLocaleString("en")} devices, ${ACTING.toLocaleString("en")} streams`,
      ["", "actions", "p50 ms", "p99 ms", "last ms", "CPU ms each"],
      rows,
    );
  } finally {
    await fleet.close();
    await server.stop();
  }
});
