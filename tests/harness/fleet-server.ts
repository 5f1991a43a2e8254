import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { SignedStatement } from "@muster/shared/contracts/action-delivery.ts";
import type { EnrolmentAnswer } from "@muster/shared/contracts/enrolment.ts";
import type { Report } from "@muster/shared/contracts/report.ts";
import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import { agentPolicy } from "../../server/src/fleet/agent-policy.ts";
import {
  createCustomerDirectory,
  createFleet,
  type Fleet,
  type FleetDeps,
} from "../../server/src/fleet/index.ts";
import { commandLineActor, createIdentity, type Identity } from "../../server/src/identity/index.ts";
import type { Clock } from "../../server/src/platform/clock.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import type { Dialect, Store } from "../../server/src/platform/database/store.ts";
import type { EventBus } from "../../server/src/platform/events/event-bus.ts";
import { createLocalEventBus } from "../../server/src/platform/events/local-event-bus.ts";
import { type AppOptions, createApp } from "../../server/src/platform/http/app.ts";
import { createTrustedProxies } from "../../server/src/platform/http/client-address.ts";
import { createRequestLimits } from "../../server/src/platform/http/request-limits.ts";
import { createRetentionClock, type RetentionClock } from "../../server/src/platform/jobs/retention-clock.ts";
import { createRetentionClockRow } from "../../server/src/platform/jobs/retention-clock.system-repository.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import { createLocalReads } from "../../server/src/platform/read-threads/local-reads.ts";
import { openTestStore } from "./test-store.ts";
import { wholeOrganization } from "../../server/src/platform/tenant.ts";

const RETENTION = { rawDays: 30, fiveMinuteDays: 90, hourDays: 730 };
/** What an organization decides for its agents unless it chose otherwise; devices of tests follow it. */
const DEFAULT_POLICY = agentPolicy(null, RETENTION);

const UNLIMITED = { perSecond: 1e6, burst: 1e6 };
const NO_LIMITS = { device: UNLIMITED, organization: UNLIMITED, member: UNLIMITED, address: UNLIMITED };

// A test reads what it expects and fails where the body differs, so the body has JSON's own type.
type Body = ReturnType<typeof JSON.parse>;
export type Answer = { status: number; body: Body };
type How = { bearer?: string; body?: unknown; headers?: Record<string, string> };

export type FleetServer = {
  store: Store;
  identity: Identity;
  fleet: Fleet;
  events: EventBus;
  /** Counts all time of the test's clock as uptime. */
  retentionClock: RetentionClock;
  /** What the app was made of, for tests that listen on a port. */
  appOptions: AppOptions;
  ask(method: string, path: string, how?: How): Promise<Answer>;
  /** Runs the jobs of these names once, in order. */
  runJobs(...names: string[]): Promise<void>;
};

export type FleetWorld = FleetServer & {
  clock: ManualClock;
  /** Another server process on the same database (PostgreSQL), or this one started again (SQLite). */
  addServer(): Promise<FleetServer>;
  remove(): Promise<void>;
};

/** Identity and fleet behind the real app on a real, empty database. */
export async function startFleet(
  dialect: Dialect,
  more: Pick<FleetDeps, "answerParts" | "watch" | "moveCustomer"> = {},
): Promise<FleetWorld> {
  const clock = createManualClock();
  const test = await openTestStore(dialect);
  const others: Store[] = [];
  return {
    ...(await serveFleet(test.store, clock, more)),
    clock,
    async addServer() {
      if (dialect === "sqlite") return serveFleet(test.store, clock, more);
      const store = await openStore({ url: test.url, log: pino({ level: "silent" }), migrations });
      others.push(store);
      return serveFleet(store, clock, more);
    },
    async remove() {
      for (const store of others) await store.close();
      await test.remove();
    },
  };
}

let servers = 0;

/** Identity and fleet of one server process on an open store. */
export async function serveFleet(
  store: Store,
  clock: Clock,
  more: Pick<FleetDeps, "answerParts" | "watch" | "moveCustomer">,
): Promise<FleetServer> {
  servers += 1;
  const log = pino({ level: "silent" });
  const makeId = createUuidV7Factory(clock.now);
  const events = createLocalEventBus(log);
  const flip = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  const retentionClock = createRetentionClock({
    row: createRetentionClockRow(store),
    clock,
    observedMs: clock.monotonic,
    log,
  });
  const reads = createLocalReads(store);
  const identity = createIdentity({
    store,
    reads,
    clock,
    makeId,
    log,
    events,
    seal: flip,
    unseal: flip,
    createCustomers: createCustomerDirectory({ dialect: store.dialect, clock, makeId }),
    hasTls: false,
    retentionClock,
  });
  const fleet = await createFleet({
    store,
    reads,
    clock,
    makeId,
    log,
    events,
    identity,
    serverId: `server-${servers}`,
    numberingKey: Buffer.alloc(32, 7),
    retention: RETENTION,
    retentionClock,
    ...more,
  });
  const appOptions: AppOptions = {
    routes: [...identity.routes, ...fleet.routes],
    authenticate: identity.authenticate,
    authenticateDevice: identity.credentials.authenticateDevice,
    log,
    clock,
    limits: createRequestLimits({ ...NO_LIMITS, work: NO_LIMITS }, clock),
    // Requests have no connection here, so tests name where one comes from.
    trustedProxies: createTrustedProxies(["127.0.0.1"]),
  };
  const app = createApp(appOptions);
  return {
    store,
    identity,
    fleet,
    events,
    retentionClock,
    appOptions,
    async ask(method, path, { bearer, body, headers: given } = {}) {
      const headers = new Headers(given);
      if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
      if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
      const init = { method, headers, ...(body !== undefined && { body: bodyOf(body) }) };
      const answer = await app.request(path, init);
      const text = await answer.text();
      return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
    },
    async runJobs(...names) {
      for (const name of names) {
        const job = fleet.jobs.find((one) => one.name === name);
        if (!job) throw new Error(`the fleet has no job ${name}`);
        await job.run(new AbortController().signal);
      }
    },
  };
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === "string" ? body : JSON.stringify(body);
}

const shell = { kind: "command-line", actor: commandLineActor("root"), requestId: null } as const;

export type FleetTenant = {
  orgId: string;
  customerIds: null;
  /** Secret of an API key that reads and writes as an owner. */
  key: string;
  /** Enrols a machine; `change` overrides what it sends about itself. */
  enrol(change?: Enrolling): Promise<TestDevice>;
};

export type Enrolling = {
  hostname?: string;
  machineId?: string;
  classGuess?: string;
  osFamily?: string;
  needsApproval?: boolean;
  customer?: string | null;
  tags?: string[];
};

let made = 0;

/** An organization with a key. */
export async function makeFleetTenant(server: FleetServer): Promise<FleetTenant> {
  made += 1;
  const { id: orgId } = await server.identity.organizations.create(`Fleet ${made}`, shell.actor);
  const key = await server.identity.apiKeys.create(
    orgId,
    { name: "tests", scopes: ["read", "write"], validDays: null },
    { ...shell, fixedRole: "owner" },
  );
  return {
    orgId,
    customerIds: null,
    key: key.secret,
    async enrol(change = {}) {
      const { needsApproval = false, customer = null, tags = [], machineId, ...facts } = change;
      const token = await server.identity.enrolmentTokens.create(
        wholeOrganization(orgId),
        { name: "tests", validHours: 1, maxUses: 1, needsApproval, customer, tags },
        shell,
      );
      const keys = generateKeyPairSync("ed25519");
      const answer = await server.ask("POST", "/api/v1/agent/enrol", {
        body: {
          token: token.secret,
          machine: { machineId: machineId ?? nextMachineId(), hypervisorUuid: null },
          hostname: "web-1",
          osFamily: "linux",
          classGuess: "server",
          publicKey: keys.publicKey.export({ format: "jwk" }).x,
          agentVersion: "0.1.0",
          ...facts,
        },
      });
      if (answer.status !== 201) throw new Error(`not enrolled: ${JSON.stringify(answer)}`);
      return createTestDevice(answer.body, keys.privateKey);
    },
  };
}

function nextMachineId(): string {
  made += 1;
  return made.toString(16).padStart(32, "0");
}

export type TestDevice = {
  id: string;
  bearer: string;
  enrolment: EnrolmentAnswer;
  /** Signs a statement with the key that the device enrolled with. */
  sign(statement: object): SignedStatement;
  /** The next report of the live lane, as an agent with a right clock would make it. */
  nextReport(now: number, change?: Partial<Report>): Report;
};

function createTestDevice(enrolment: EnrolmentAnswer, privateKey: KeyObject): TestDevice {
  let sequence = 0;
  return {
    id: enrolment.deviceId,
    bearer: enrolment.credential,
    enrolment,
    sign(statement) {
      const bytes = Buffer.from(JSON.stringify(statement));
      return {
        statement: bytes.toString("base64url"),
        signature: sign(null, bytes, privateKey).toString("base64url"),
      };
    },
    nextReport(now, change = {}) {
      sequence += 1;
      return {
        v: 1,
        epoch: "epoch1",
        lane: "live",
        sequence,
        sentAt: now,
        bootId: "boot-1",
        samples: [{ at: now, cpu: 10, memory: 30, disk: 40, diskFree: 50e9 }],
        intervalS: 30,
        policyId: DEFAULT_POLICY.id,
        ...change,
      };
    },
  };
}

/** The signed change of the epoch that an answer "behind" asks for. */
export function epochChange(device: TestDevice, answer: Answer, to: string): SignedStatement {
  const { epoch, sequence, nonce } = answer.body.error.numbering;
  return device.sign({ says: "epoch", deviceId: device.id, from: { epoch, sequence }, to, nonce });
}

/** Sends a report and answers what came back. */
export function sendReport(server: FleetServer, device: TestDevice, report: unknown): Promise<Answer> {
  return server.ask("POST", "/api/v1/agent/report", { bearer: device.bearer, body: report });
}
