import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import path from "node:path";
import { createActions } from "./actions/index.ts";
import { apiSchemas } from "./api-schemas.ts";
import { createCompat } from "./compat/index.ts";
import { createFleet } from "./fleet/index.ts";
import { createIdentity } from "./identity/index.ts";
import { createLocalAgentToken } from "./local-agent-token.ts";
import { openInstallation } from "./open-installation.ts";
import type { Clock } from "./platform/clock.ts";
import type { Configuration } from "./platform/config/configuration.ts";
import { createUuidV7Factory } from "./platform/crypto/ids.ts";
import { readDatabaseSize } from "./platform/database/database-size.ts";
import { acquireSingleServerLock } from "./platform/database/single-server-lock.ts";
import { createLocalEventBus } from "./platform/events/local-event-bus.ts";
import { createPostgresEventBus } from "./platform/events/postgres-event-bus.ts";
import { createDatabaseCheck } from "./platform/health/database-check.ts";
import { createHealthRoutes } from "./platform/health/health.routes.ts";
import { createTrustedProxies } from "./platform/http/client-address.ts";
import { createEventStreams } from "./platform/http/event-streams.ts";
import { createRequestLimits } from "./platform/http/request-limits.ts";
import { createRequestListener } from "./platform/http/request-listener.ts";
import type { Route } from "./platform/http/route.ts";
import { serverOrigins } from "./platform/http/same-origin.ts";
import { createStaticFiles } from "./platform/http/static-files.ts";
import { createPostgresJobLock, noJobLock } from "./platform/jobs/job-lock.ts";
import { createScheduler } from "./platform/jobs/scheduler.ts";
import type { Logger } from "./platform/logging/logger.ts";
import { createMetricsRoutes } from "./platform/metrics/metrics.routes.ts";
import { createServerMetrics } from "./platform/metrics/server-metrics.ts";
import { createOpenApiDocument } from "./platform/openapi/openapi-document.ts";
import { createOpenApiRoutes } from "./platform/openapi/openapi.routes.ts";

export type ServerDeps = {
  configuration: Configuration;
  /** The port that is listened on. */
  port: number;
  publicUrl: string;
  version: string;
  log: Logger;
  clock: Clock;
};

/** A server, put together and working; nothing reaches it before `listener` is given to a socket. */
export type Server = {
  listener: RequestListener;
  routes: readonly Route[];
  /** Link to the set-up page, one hour long; null when the server has an owner. */
  createSetupUrl(): Promise<string | null>;
  /** Token for the agent beside this server; null when that is enrolled. */
  makeLocalAgentToken(): Promise<string | null>;
  /** Ends open streams, so that their connections close. */
  endStreams(): void;
  /** Stores what was taken, stops jobs and closes the database. After the last request has ended. */
  close(): Promise<void>;
};

/** Wires platform and modules together; nothing else does. Throws StartError. */
export async function compose({
  configuration,
  port,
  publicUrl,
  version,
  log,
  clock,
}: ServerDeps): Promise<Server> {
  const { databaseUrl, dataDir } = configuration;
  const { store, sealer } = await openInstallation(configuration, log);
  const { engine } = store;
  const isShared = engine.kind === "postgres";
  const singleServerLock = engine.kind === "sqlite" ? acquireSingleServerLock(engine.path) : null;
  const isHttps = publicUrl.startsWith("https:");
  const makeId = createUuidV7Factory(clock.now);
  const events = isShared
    ? await createPostgresEventBus({ url: databaseUrl, log })
    : createLocalEventBus(log);
  const lock = isShared ? createPostgresJobLock({ url: databaseUrl, log }) : noJobLock;
  const metrics = createServerMetrics({ version });
  const eventStreams = createEventStreams();

  const identity = createIdentity({
    store,
    clock,
    makeId,
    log,
    events,
    seal: sealer.seal,
    unseal: sealer.open,
    hasTls: isHttps,
  });
  const fleet = await createFleet({
    store,
    clock,
    makeId,
    log,
    events,
    serverId: randomUUID(),
    identity,
    retention: configuration.retention,
    answerParts: [({ deviceId }) => waitingActionsOf(actions.waitingFor(deviceId))],
    ingestObserver: { committed: metrics.observeIngest },
  });
  const actions = createActions({
    store,
    clock,
    makeId,
    log,
    events,
    audit: identity.audit,
    signatures: identity.signatures,
    findTargets: fleet.findTargets,
  });

  const compat = createCompat({ clock, identity, fleet, actions, hasTls: isHttps });

  const routes: Route[] = [
    ...createHealthRoutes({ version, check: createDatabaseCheck({ store, log }) }),
    ...createMetricsRoutes({ metrics }),
    ...createOpenApiRoutes({
      describe: () => createOpenApiDocument({ routes, schemas: apiSchemas, version }),
    }),
    ...identity.routes,
    ...fleet.routes,
    ...actions.routes,
    ...compat.routes,
  ];
  const listener = createRequestListener({
    routes,
    authenticate: identity.authenticate,
    authenticateDevice: identity.credentials.authenticateDevice,
    authenticateLegacyKey: identity.legacyKeys.authenticate,
    log,
    clock,
    eventStreams,
    isHttps,
    checksAnswers: configuration.checksAnswers,
    allowedOrigins: serverOrigins({ publicUrl, port, isLoopback: configuration.isLoopback }),
    trustedProxies: createTrustedProxies(configuration.trustedProxies),
    limits: createRequestLimits(configuration.limits, clock),
    fallback: createStaticFiles(path.join(import.meta.dirname, "../dashboard/dist"), { isHttps }),
    observe: metrics.observeRequest,
  });
  const scheduler = createScheduler({
    jobs: [...identity.jobs, ...fleet.jobs, ...actions.jobs],
    lock,
    log,
    monotonic: clock.monotonic,
    observe: metrics.observeJob,
  });
  identity.onRightsLost(() => void eventStreams.recheck());
  metrics.addGauge("muster_streams_open", "Event streams that are open", () => eventStreams.size);
  metrics.addGauge("muster_reports_waiting", "Reports that wait to be stored", () => fleet.waitingReports());
  metrics.addGauge("muster_agent_streams_open", "Streams of agents that are open", () =>
    actions.openStreams(),
  );
  metrics.addGauge("muster_database_bytes", "Size of the database", () => readDatabaseSize(store));
  scheduler.start();

  return {
    listener,
    routes,
    async createSetupUrl() {
      const secret = await identity.setup.createLink();
      return secret === null ? null : `${publicUrl}/setup/${secret}`;
    },
    makeLocalAgentToken: createLocalAgentToken({ dataDir, identity }),
    endStreams: () => eventStreams.close(),
    async close() {
      await Promise.all([scheduler.stop(), fleet.drain()]);
      await Promise.all([events.close(), lock.close()]);
      await store.close();
      singleServerLock?.release();
    },
  };
}

function waitingActionsOf(count: number) {
  return count > 0 ? { waitingActions: count } : {};
}
