import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import {
  type Alerting,
  createAlerting,
  dropUnfinishedNotifications,
} from "../../server/src/alerting/index.ts";
import { createCloneAudit } from "../../server/src/fleet/ingest/clone-audit.ts";
import { createSqliteIngest } from "../../server/src/fleet/ingest/ingest.repository.sqlite.ts";
import type { ReceivedReport } from "../../server/src/fleet/ingest/ingest-row.ts";
import { startPresenceClock } from "../../server/src/fleet/presence/presence-clock.ts";
import { createPresenceClockRow } from "../../server/src/fleet/presence/presence-clock.system-repository.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import type { Store } from "../../server/src/platform/database/store.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import type { GuardedClient } from "../../server/src/platform/http-client/guarded-client.ts";
import { createLocalReads } from "../../server/src/platform/read-threads/local-reads.ts";
import { type FleetServer, makeFleetTenant, serveFleet } from "./fleet-server.ts";
import { insertDevices, type MadeDevice } from "./fleet-rows.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import { type MonthDevice, type MonthReport, STEP_MS } from "./month-fleet.ts";
import { MONTH_MAINTENANCE, type MonthRule } from "./month-rules.ts";

const INTERVAL_S = 180;
const GROUP = 128;
const DAY_MS = 86_400_000;
/** What a presence clock counts of a step by itself: it ticks more often in a real process. */
const COUNTED_MS = 15_000;

/** One event that the receiver of the webhook was told. */
export type ReceivedEvent = { alarmId: string; number: number; kind: string; at: number };

export type MonthServer = {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly received: readonly ReceivedEvent[];
  /** Lets five minutes pass, stores the reports and runs the jobs. */
  step(reports: ReadonlyMap<string, MonthReport>): Promise<void>;
  /** Ends the process and starts another one after a time in which no server runs. */
  restart(afterMs: number): Promise<void>;
  backUp(): Promise<void>;
  /** Ends the process and starts another one on the backup. What was received since the backup is forgotten here too. */
  restore(): Promise<void>;
  remove(): Promise<void>;
};

/** The composed modules of one server on SQLite, whose clock and jobs a test runs. Nothing listens on a port. */
export async function startMonthServer(given: {
  startMs: number;
  devices: readonly MonthDevice[];
  rules: readonly MonthRule[];
}): Promise<MonthServer> {
  const clock = createManualClock(given.startMs);
  const folder = await mkdtemp(path.join(tmpdir(), "muster-month-"));
  const received: ReceivedEvent[] = [];
  const client: GuardedClient = {
    check: () => undefined,
    async send({ body = "" }) {
      const { data } = JSON.parse(String(body));
      for (const { kind, number, alarm } of data.events)
        received.push({ alarmId: alarm.id, number, kind, at: clock.now() });
      return { status: 200, text: "", body: "", location: null, retryAfter: null };
    },
  };
  let file = path.join(folder, "muster.db");
  const backup = path.join(folder, "backup.db");
  let receivedAtBackup = 0;
  let current = await startProcess(file, clock, client);
  const { orgId, deviceIds } = await setUp(current, given);
  const sequences = new Map<string, number>();
  const networks = new Map(given.devices.map(({ name, network }) => [name, network]));

  function receivedReport(name: string, { cpu, memory, disks, isLastWord }: MonthReport): ReceivedReport {
    const device = deviceIds.get(name);
    if (!device) throw new Error(`there is no device ${name}`);
    const sequence = (sequences.get(name) ?? 0) + 1;
    sequences.set(name, sequence);
    const now = clock.now();
    const series = { fileSystem: { names: ["/", "/srv"], used: [...disks] } };
    return {
      orgId,
      deviceId: device.id,
      credentialId: "",
      digest: String(sequence),
      isNumbered: true,
      ignored: [],
      sentAt: now,
      isResent: false,
      network: networks.get(name) ?? null,
      receivedAt: now,
      reportIntervalS: INTERVAL_S,
      report: {
        v: 1,
        epoch: "epoch1",
        lane: "live",
        sequence,
        sentAt: now,
        bootId: "boot-1",
        intervalS: INTERVAL_S,
        samples: [{ at: now, cpu, memory, series }],
        ...(isLastWord && { lastWord: "asleep" as const }),
      },
    };
  }

  return {
    clock,
    get store() {
      return current.store;
    },
    received,
    async step(reports) {
      clock.advance(STEP_MS);
      await current.observe();
      const made = [...reports].map(([name, report]) => receivedReport(name, report));
      for (let start = 0; start < made.length; start += GROUP)
        await current.commit(made.slice(start, start + GROUP));
      await current.runJobs();
    },
    async restart(afterMs) {
      await current.stop();
      clock.advance(afterMs);
      current = await startProcess(file, clock, client);
    },
    async backUp() {
      current.engine.writer.prepare("vacuum into ?").run(backup);
      receivedAtBackup = received.length;
    },
    async restore() {
      await current.stop();
      file = backup;
      received.length = receivedAtBackup;
      current = await startProcess(file, clock, client, async (store) => {
        await dropUnfinishedNotifications({ store, clock });
      });
    },
    async remove() {
      await current.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Process = Awaited<ReturnType<typeof startProcess>>;

async function startProcess(
  file: string,
  clock: ManualClock,
  client: GuardedClient,
  prepare?: (store: Store) => Promise<void>,
) {
  const log = pino({ level: "silent" });
  const store = await openStore({ url: `sqlite:${file}`, log, migrations });
  const { engine } = store;
  if (engine.kind !== "sqlite") throw new Error("the month runs on SQLite");
  // Nothing is killed here, so commits need not reach the disk.
  engine.writer.pragma("synchronous = off");
  await prepare?.(store);
  let watching: Alerting | null = null;
  const server: FleetServer = await serveFleet(store, clock, {
    watch: (report) => watching?.watch(report) ?? { state: report.state, signals: [] },
  });
  const { identity, fleet } = server;
  const alerting = createAlerting({
    store,
    reads: createLocalReads(store),
    clock,
    makeId: createUuidV7Factory(clock.now),
    log,
    events: server.events,
    version: "1.0.0",
    identity,
    fleet,
    retentionClock: server.retentionClock,
    seal: (bytes) => bytes,
    unseal: (bytes) => bytes,
    linkKey: Buffer.alloc(32, 7),
    pushKey: Buffer.alloc(32, 7),
    client,
    mail: null,
    publicUrl: "http://localhost:8080",
    heartbeatUrl: null,
    readFailedActions: async () => [],
    findActionOutcomes: async () => [],
  });
  watching = alerting;
  await alerting.load();
  // The clock of ingest is one of a second server on the database, which follows that of the fleet's jobs.
  const row = createPresenceClockRow(store);
  const presenceClock = await startPresenceClock({ row, clock });
  const ingest = createSqliteIngest({
    engine,
    presenceClock,
    credentials: { recheckOnSqlite: () => new Set() },
    cloneAudit: createCloneAudit(identity.audit),
    watch: alerting.watch,
  });
  const runAlerting = async (name: string) => {
    const job = alerting.jobs.find((one) => one.name === name);
    if (!job) throw new Error(`there is no job ${name}`);
    await job.run(new AbortController().signal);
  };

  /** The outbox sends without waiting for it: until nothing is due. */
  async function sendDue(): Promise<void> {
    for (;;) {
      await runAlerting("notification-outbox");
      const { open } = await store.read
        .selectFrom("notification_messages")
        .select(({ fn }) => fn.countAll<number>().as("open"))
        .where("state", "=", "waiting")
        .where("planned_at", "<=", clock.now())
        .executeTakeFirstOrThrow();
      if (open === 0) return;
      await setImmediate();
    }
  }

  return {
    server,
    alerting,
    store,
    engine,
    async observe() {
      await row.advance(fleet.observedMs() + STEP_MS - COUNTED_MS, clock.now());
      await server.runJobs("fleet-presence-clock");
      presenceClock.adopt(fleet.observedMs());
    },
    async commit(reports: readonly ReceivedReport[]) {
      for (const { kind } of await ingest.commit(reports)) if (kind !== "stored") throw new Error(kind);
    },
    async runJobs() {
      await server.runJobs("fleet-maintenance-windows", "fleet-presence");
      if (clock.now() % DAY_MS === 0) await server.runJobs("history-pack");
      for (const name of ["alarm-rules", "alarm-signals", "alarms", "notification-follow-ups"])
        await runAlerting(name);
      await sendDue();
    },
    async stop() {
      await alerting.stop();
      await store.close();
    },
  };
}

/** An organization with the devices and rules, which tells one webhook of everything. */
async function setUp(
  { server, alerting, store }: Process,
  given: { devices: readonly MonthDevice[]; rules: readonly MonthRule[] },
): Promise<{ orgId: string; deviceIds: ReadonlyMap<string, MadeDevice> }> {
  const { orgId, key } = await makeFleetTenant(server);
  const app = createApp({
    ...server.appOptions,
    routes: [...server.appOptions.routes, ...alerting.routes],
  });
  const ask = async (method: string, route: string, body?: object) => {
    const headers = new Headers({ "content-type": "application/json", authorization: `Bearer ${key}` });
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await app.request(`/api/v1${route}`, init);
    if (!answer.ok) throw new Error(`${method} ${route}: ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  };
  const { items } = await ask("GET", "/alarm-rules");
  for (const { id } of items) await ask("DELETE", `/alarm-rules/${id}`);
  for (const rule of given.rules) await ask("POST", "/alarm-rules", ruleBody(rule));
  const channel = await ask("POST", "/channels", {
    name: "Hook",
    type: "webhook",
    settings: { url: "https://hook.example" },
  });
  await ask("POST", "/notification-policies", {
    name: "All",
    recipients: { channelIds: [channel.id] },
    collectS: 0,
  });
  const { tag, zone, day, time, minutes } = MONTH_MAINTENANCE;
  await ask("POST", "/maintenance-windows", {
    name: "Updates",
    scope: { kind: "tag", tag },
    schedule: { kind: "weekly", days: [day], time, minutes, zone },
  });
  const made = await insertDevices(
    store,
    orgId,
    given.devices.map(({ name, deviceClass, tags }) => ({
      hostname: name,
      class_guess: deviceClass,
      tags: JSON.stringify(tags),
      connection: "waiting",
      shown: "waiting",
    })),
  );
  return {
    orgId,
    deviceIds: new Map(
      given.devices.flatMap(({ name }, index) => {
        const device = made[index];
        return device ? [[name, device]] : [];
      }),
    ),
  };
}

function ruleBody({ name, metric, tag, cooldownS, hours, ...levels }: MonthRule): object {
  const two = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  const activeHours = hours && {
    zone: hours.zone,
    ranges: [{ days: hours.days, start: two(hours.from), end: two(hours.to) }],
  };
  const scope = tag === null ? { kind: "organization" } : { kind: "tag", tag };
  const of =
    metric === null
      ? { type: "offline", settings: { forS: levels.forS } }
      : { type: "metric", settings: { metric, operator: ">=", ...levels } };
  return { name, scope, cooldownS, activeHours, ...of };
}
