import type { Role } from "@muster/shared/contracts/identity.ts";
import { pino } from "pino";
import { migrations } from "../../server/migrations/index.ts";
import { createPasswordHasher } from "../../server/src/identity/secrets/password-hasher.ts";
import { commandLineActor, createIdentity, type Identity } from "../../server/src/identity/index.ts";
import { createUuidV7Factory } from "../../server/src/platform/crypto/ids.ts";
import { openStore } from "../../server/src/platform/database/open-store.ts";
import type { SignInRates } from "../../server/src/identity/login/sign-in-limits.ts";
import type { Dialect, Store } from "../../server/src/platform/database/store.ts";
import { createLocalEventBus } from "../../server/src/platform/events/local-event-bus.ts";
import { createApp } from "../../server/src/platform/http/app.ts";
import { createTrustedProxies } from "../../server/src/platform/http/client-address.ts";
import { createRequestLimits } from "../../server/src/platform/http/request-limits.ts";
import { createRetentionClock } from "../../server/src/platform/jobs/retention-clock.ts";
import { createRetentionClockRow } from "../../server/src/platform/jobs/retention-clock.system-repository.ts";
import { createValidityClock } from "../../server/src/platform/jobs/validity-clock.ts";
import { createValidityClockRow } from "../../server/src/platform/jobs/validity-clock.system-repository.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import { createLocalReads } from "../../server/src/platform/read-threads/local-reads.ts";
import { openTestStore } from "./test-store.ts";
import { createCustomerDirectory } from "../../server/src/fleet/index.ts";

const ORIGIN = "http://localhost:8080";
const UNLIMITED = { perSecond: 1e6, burst: 1e6 };
const NO_LIMITS = { device: UNLIMITED, organization: UNLIMITED, member: UNLIMITED, address: UNLIMITED };
export const PASSWORD = "kettle-orbit-mango";
export const shell = { kind: "command-line", actor: commandLineActor("root"), requestId: null } as const;

// A test reads what it expects and fails where the body differs, so the body has JSON's own type.
type Body = ReturnType<typeof JSON.parse>;
type Answer = { status: number; body: Body; headers: Headers; cookie: string | null };
type Ask = {
  body?: unknown;
  cookie?: string | null;
  bearer?: string;
  organization?: string;
  address?: string;
  /** A session has to name the version that it changes; any by default. */
  ifMatch?: string | null;
};

export type IdentityServer = {
  identity: Identity;
  store: Store;
  /** Sends a request as a browser page of this server, or as the holder of `bearer`. */
  ask(method: string, path: string, how?: Ask): Promise<Answer>;
  runJobs(): Promise<void>;
};

export type IdentityWorld = IdentityServer & {
  clock: ManualClock;
  /** Of the database, for processes of a test. */
  url: string;
  /**
   * Another process on the same database, which hears none of the first one's hints: a second server on PostgreSQL, the command
   * line on SQLite.
   */
  addServer(): Promise<IdentityServer>;
  /** Another server that writes at the same time as this one; on SQLite, where there is only one, this one. */
  addNeighbour(): Promise<IdentityServer>;
  remove(): Promise<void>;
};

const CHEAP_COST = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** The identity module behind the real app on a real, empty database. */
export async function startIdentity(dialect: Dialect, options: IdentityOptions = {}): Promise<IdentityWorld> {
  const clock = createManualClock();
  const test = await openTestStore(dialect);
  const others: Store[] = [];
  const first = serveIdentity(test.store, clock, options);
  async function addServer() {
    const store = await openStore({ url: test.url, log: pino({ level: "silent" }), migrations });
    others.push(store);
    return serveIdentity(store, clock, options);
  }
  return {
    ...first,
    clock,
    url: test.url,
    addServer,
    addNeighbour: async () => (dialect === "postgres" ? addServer() : first),
    async remove() {
      for (const store of others) await store.close();
      await test.remove();
    },
  };
}

export type IdentityOptions = {
  /** Unlimited without them. */
  signInRates?: SignInRates;
  /** True where the time that a hash takes matters: a test with many users would spend most of its own on hashes. */
  isHashReal?: boolean;
};

/** The identity module behind the real app, on a store that is open. */
export function serveIdentity(
  store: Store,
  clock: ManualClock,
  { signInRates, isHashReal = false }: IdentityOptions = {},
): IdentityServer {
  const log = pino({ level: "silent" });
  const reads = createLocalReads(store);
  const row = createValidityClockRow(store);
  const validityClock = createValidityClock({ row, clock, observedMs: clock.monotonic, log });
  const makeId = createUuidV7Factory(clock.now);
  const identity = createIdentity({
    store,
    reads,
    clock: validityClock,
    makeId,
    log,
    events: createLocalEventBus(log),
    seal: (secret) => Buffer.from(secret.map((byte) => byte ^ 0xff)),
    unseal: (sealed) => Buffer.from(sealed.map((byte) => byte ^ 0xff)),
    createCustomers: createCustomerDirectory({ dialect: store.dialect, clock, makeId }),
    hasTls: false,
    hasher: createPasswordHasher(isHashReal ? {} : { cost: CHEAP_COST }),
    signInRates: signInRates ?? { address: UNLIMITED, knownBrowser: UNLIMITED },
    retentionClock: createRetentionClock({
      row: createRetentionClockRow(store),
      clock,
      observedMs: clock.monotonic,
      log,
    }),
  });
  const app = createApp({
    routes: identity.routes,
    authenticate: identity.authenticate,
    authenticateDevice: identity.credentials.authenticateDevice,
    log,
    clock,
    trustedProxies: createTrustedProxies(["127.0.0.1"]),
    limits: createRequestLimits({ ...NO_LIMITS, work: NO_LIMITS }, clock),
  });
  return {
    identity,
    store,
    async ask(method, path, { body, cookie, bearer, organization, address, ifMatch = "*" } = {}) {
      const headers = new Headers({ origin: ORIGIN });
      if (body !== undefined) headers.set("content-type", "application/json");
      if (cookie) headers.set("cookie", cookie);
      if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
      if (organization !== undefined) headers.set("muster-organization", organization);
      if (method === "PATCH" && ifMatch !== null) headers.set("if-match", ifMatch);
      if (address !== undefined) headers.set("x-forwarded-for", address);
      const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const answer = await app.request(path, init);
      const text = await answer.text();
      const [pair] = answer.headers.getSetCookie();
      return {
        status: answer.status,
        body: text === "" ? null : JSON.parse(text),
        headers: answer.headers,
        cookie: pair?.split(";")[0] ?? null,
      };
    },
    async runJobs() {
      for (const job of [validityClock.job, ...identity.jobs]) await job.run(new AbortController().signal);
    },
  };
}

export type Tenant = {
  orgId: string;
  customerIds: null;
  /** A user of each role: id, e-mail address and the cookie of an open session. */
  users: Record<Role, { id: string; email: string; cookie: string }>;
};

let tenants = 0;

/** An organization with one signed-in user of each role. All have `PASSWORD`. */
export async function makeTenant(server: IdentityServer): Promise<Tenant> {
  tenants += 1;
  const name = `Tenant ${tenants}`;
  const { id: orgId } = await server.identity.organizations.create(name, shell.actor);
  const makeUser = async (role: Role) => {
    const email = `${role}@tenant-${tenants}.example`;
    const wanted = { name: `${role} of ${name}`, email, role, password: PASSWORD };
    const { user } = await server.identity.users.create(orgId, wanted, shell);
    const { cookie, status, body } = await server.ask("POST", "/api/v1/auth/login", {
      body: { email, password: PASSWORD },
    });
    if (cookie === null) throw new Error(`${email} cannot sign in: ${status} ${JSON.stringify(body)}`);
    return { id: user.id, email, cookie };
  };
  const [viewer, operator, admin, owner] = await Promise.all([
    makeUser("viewer"),
    makeUser("operator"),
    makeUser("admin"),
    makeUser("owner"),
  ]);
  return { orgId, customerIds: null, users: { viewer, operator, admin, owner } };
}

/** How many answers there were of each status. */
export function countStatuses(answers: readonly { status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
