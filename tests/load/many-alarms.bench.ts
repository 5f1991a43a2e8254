import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { openSqliteReader } from "../../server/src/platform/database/sqlite-connection.ts";
import { startHttpReceiver } from "../harness/http-receiver.ts";
import { inBenchFolder } from "./harness/bench-folder.ts";
import { scaled } from "./harness/bench-scale.ts";
import { benchEnvironment, type BenchServer, startBenchServer } from "./harness/bench-server.ts";
import { type Cell, printTable } from "./harness/bench-table.ts";
import { measureHello } from "./harness/hello.ts";
import { type LoadCost, measureLoad, warmUp } from "./harness/measure-cpu.ts";
import { seedAlarmRules } from "./harness/seed-alarm-rules.ts";
import { seedAlarms } from "./harness/seed-alarms.ts";
import { openBenchStore, seedFleet, type SeededFleet } from "./harness/seed-fleet.ts";

const DEVICES = scaled(10_000, 200);
const ALARMS = scaled(50_000, 500);
const AT_ONCE = scaled(1_000, 50);
const RECIPIENTS = 3;
const COLLECT_S = 5;
const READ_MS = scaled(3_000, 800);
/** Reports while nothing opens and while all alarms open: the same load for the same time. */
const STORM_MS = 10_000;
const REPORTS_PER_S = scaled(300, 50);

const PAGES: readonly [string, string][] = [
  ["open ones (target 5 ms)", "/api/v1/alarms?limit=50"],
  ["all of them", "/api/v1/alarms?limit=50&state=all"],
  ["summary", "/api/v1/alarms/summary"],
];

async function readPages(server: BenchServer, fleet: SeededFleet): Promise<Cell[][]> {
  const hello = await measureHello(READ_MS);
  const rows: Cell[][] = [["plain node:http hello", hello.cpuUs / 1000, 1, ""]];
  for (const [name, route] of PAGES) {
    const requests = { kind: "get", paths: [route], bearer: fleet.apiKey } as const;
    await measureLoad(server, { connections: 2, durationMs: READ_MS / 4, requests });
    const { cpuUs, latencyMs } = await measureLoad(server, { connections: 2, durationMs: READ_MS, requests });
    rows.push([name, cpuUs / 1000, cpuUs / hello.cpuUs, latencyMs.p99]);
  }
  return rows;
}

/** `AT_ONCE` devices need a restart, of which no rule says anything yet. */
async function seed(environment: Record<string, string>): Promise<SeededFleet> {
  const fleet = await seedFleet(environment, DEVICES);
  await seedAlarms(environment, fleet, ALARMS);
  await seedAlarmRules(environment, fleet.orgId, []);
  const store = await openBenchStore(environment);
  try {
    const numbers = fleet.devices.slice(0, AT_ONCE).map(({ deviceNo }) => deviceNo);
    await store.transaction(async (tx) => {
      await tx.updateTable("devices").set({ reboot_required: 1 }).where("device_no", "in", numbers).execute();
      // Channels and policies are for administrators.
      await tx
        .updateTable("api_keys")
        .set({ fixed_role: "admin" })
        .where("org_id", "=", fleet.orgId)
        .execute();
    });
  } finally {
    await store.close();
  }
  return fleet;
}

async function post(server: BenchServer, fleet: SeededFleet, route: string, body: object): Promise<string> {
  const headers = { authorization: `Bearer ${fleet.apiKey}`, "content-type": "application/json" };
  const answer = await fetch(`${server.url}/api/v1${route}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${route}: ${text}`);
  const { id } = JSON.parse(text) as { id: string };
  return id;
}

/** Of deliveries; null for any. */
type State = "sent" | null;
type Storm = { plannedS: number; deliveredS: number };

/** Adds the rule that opens all alarms at once, and waits until every message about them was accepted. */
async function openAll(
  server: BenchServer,
  fleet: SeededFleet,
  environment: Record<string, string>,
): Promise<Storm> {
  // Only reads: another writer would hold up the server that is measured.
  const database = openSqliteReader(path.join(environment["MUSTER_DATA_DIR"] ?? "", "muster.db"));
  const counted = database.prepare<[State, State], { count: number }>(
    "select count(*) as count from deliveries where ? is null or state = ?",
  );
  const startedAt = performance.now();
  const elapsedS = () => (performance.now() - startedAt) / 1000;
  const deliveries = (state: State) => counted.get(state, state)?.count ?? 0;
  try {
    const rule = { name: "Restart", type: "reboot-required", settings: { severity: "warning", forS: 0 } };
    await post(server, fleet, "/alarm-rules", rule);
    while (deliveries(null) < AT_ONCE * RECIPIENTS) await setTimeout(20);
    const plannedS = elapsedS();
    while (deliveries("sent") < AT_ONCE * RECIPIENTS) await setTimeout(20);
    return { plannedS, deliveredS: elapsedS() };
  } finally {
    database.close();
  }
}

await inBenchFolder(async (folder) => {
  const environment = { ...benchEnvironment(folder), MUSTER_WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" };
  const fleet = await seed(environment);
  const receiver = await startHttpReceiver();
  const server = await startBenchServer(environment);
  try {
    const credentials = fleet.devices.map(({ credential }) => credential);
    await warmUp(server, credentials);
    printTable(
      `Pages of 50 out of ${ALARMS.toLocaleString("en")} alarms`,
      ["", "CPU ms each", "x hello", "p99 ms"],
      await readPages(server, fleet),
    );
    const channelIds: string[] = [];
    for (let index = 0; index < RECIPIENTS; index += 1) {
      const channel = { name: `Hook ${index}`, type: "webhook", settings: { url: receiver.url } };
      channelIds.push(await post(server, fleet, "/channels", channel));
    }
    const policy = { name: "All", recipients: { channelIds }, collectS: COLLECT_S };
    await post(server, fleet, "/notification-policies", policy);
    let round = 0;
    const report = (): Promise<LoadCost> => {
      round += 1;
      const requests = {
        kind: "reports",
        devices: credentials,
        firstSequence: round * 1e6,
        epoch: "bench1",
      } as const;
      return measureLoad(server, {
        connections: 64,
        durationMs: STORM_MS,
        perSecond: REPORTS_PER_S,
        requests,
      });
    };
    const calm = await report();
    const [storm, { plannedS, deliveredS }] = await Promise.all([
      report(),
      openAll(server, fleet, environment),
    ]);
    printTable(
      `${AT_ONCE.toLocaleString("en")} alarms at once for ${RECIPIENTS} recipients, beside ${REPORTS_PER_S} reports a second`,
      ["", "p50 ms", "p99 ms", "x calm", "planned s", `delivered s (collects ${COLLECT_S} s)`],
      [
        ["reports while nothing opens", calm.latencyMs.p50, calm.latencyMs.p99, 1, "", ""],
        [
          "reports while all open",
          storm.latencyMs.p50,
          storm.latencyMs.p99,
          storm.latencyMs.p99 / calm.latencyMs.p99,
          plannedS,
          deliveredS,
        ],
      ],
    );
  } finally {
    await server.stop();
    await receiver.close();
  }
});
