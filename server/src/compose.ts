import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import path from "node:path";
import { createActions } from "./actions/index.ts";
import {
  type Alerting,
  createAlerting,
  deletePushSubscriptionsOfUser,
  findCustomerUses,
} from "./alerting/index.ts";
import { namedSchemas } from "./api-schemas.ts";
import { createCompat } from "./compat/index.ts";
import { createCustomerDirectory, createFleet } from "./fleet/index.ts";
import { createIdentity, DEFAULT_SIGN_IN_RATES, type Identity } from "./identity/index.ts";
import { prepareLocalAgentToken } from "./local-agent-token.ts";
import { openCoordination } from "./open-coordination.ts";
import { type Installation, openInstallation } from "./open-installation.ts";
import { addServerGauges } from "./server-gauges.ts";
import type { Clock } from "./platform/clock.ts";
import { basePathOf, type Configuration } from "./platform/config/configuration.ts";
import { listNetworkAddresses } from "./platform/config/network-addresses.ts";
import { createUuidV7Factory } from "./platform/crypto/ids.ts";
import type { EventBus } from "./platform/events/event-bus.ts";
import { createDatabaseCheck } from "./platform/health/database-check.ts";
import { createGuardedClient } from "./platform/http-client/guarded-client.ts";
import { createHealthRoutes } from "./platform/health/health.routes.ts";
import { type ReadThreads, startReadThreads } from "./platform/read-threads/read-threads.ts";
import { createAllowedHosts } from "./platform/http/allowed-hosts.ts";
import { createClaimingStore } from "./platform/idempotency/claiming-store.ts";
import { createIdempotency, type Idempotency } from "./platform/idempotency/idempotency.ts";
import { createTrustedProxies } from "./platform/http/client-address.ts";
import { createEventStreams, type EventStreams } from "./platform/http/event-streams.ts";
import { createRequestLimits } from "./platform/http/request-limits.ts";
import { createRequestListener } from "./platform/http/request-listener.ts";
import type { Route } from "./platform/http/route.ts";
import { serverOrigins } from "./platform/http/same-origin.ts";
import { createStaticFiles } from "./platform/http/static-files.ts";
import { createRetentionClock } from "./platform/jobs/retention-clock.ts";
import { createRetentionClockRow } from "./platform/jobs/retention-clock.system-repository.ts";
import { createValidityClock, type ValidityClock } from "./platform/jobs/validity-clock.ts";
import { createValidityClockRow } from "./platform/jobs/validity-clock.system-repository.ts";
import { createScheduler } from "./platform/jobs/scheduler.ts";
import type { Logger } from "./platform/logging/logger.ts";
import { createMetricsRoutes } from "./platform/metrics/metrics.routes.ts";
import { createServerMetrics, type ServerMetrics } from "./platform/metrics/server-metrics.ts";
import { createApiPageRoutes } from "./platform/openapi/api-page.routes.ts";
import { createOpenApiDocument } from "./platform/openapi/openapi-document.ts";
import { createOpenApiRoutes } from "./platform/openapi/openapi.routes.ts";
import { createTrustChangeRoutes } from "./platform/tls/trust-change.routes.ts";
import { createInstall, createReleases } from "./releases/index.ts";
import { readInstallAddress } from "./install-address.ts";

export type ServerDeps = {
  configuration: Configuration;
  /** The port that the server listens on. */
  port: number;
  publicUrl: string;
  version: string;
  log: Logger;
  clock: Clock;
};

/** A composed server. Nothing reaches it before `listener` is given to a socket. */
export type Server = {
  listener: RequestListener;
  routes: readonly Route[];
  /** Creates a link to the set-up page, valid for one hour; null when the server has an owner. */
  createSetupUrl(): Promise<string | null>;
  /** Creates a token for the agent beside this server; null when that agent is enrolled. */
  createLocalAgentToken(): Promise<string | null>;
  /** Begins what can wait until the server answers: builds of agents. */
  startBackgroundWork(): void;
  /** Ends open streams, so that their connections close. */
  endStreams(): void;
  /** Stores what was received, stops jobs and closes the database. To be called after the last request has ended. */
  close(): Promise<void>;
};

/** Wires platform and modules together; nothing else does. Throws StartError. */
export async function compose(deps: ServerDeps): Promise<Server> {
  const { configuration, publicUrl, version, log, clock } = deps;
  const { databaseUrl, dataDir } = configuration;
  const { sealer, ...opened } = await openInstallation(configuration, log);
  const installation = { sealer, store: createClaimingStore(opened.store) };
  const { store } = installation;
  const idempotency = createIdempotency({ store, sealer, clock });
  const { events, jobLock, release } = await openCoordination({ engine: store.engine, databaseUrl, log });
  const metrics = createServerMetrics({ version });
  const validityClock = createValidityClock({
    row: createValidityClockRow(store),
    clock,
    observedMs: () => modules.fleet.observedMs(),
    log,
  });
  const eventStreams = createEventStreams({ now: validityClock.now, observer: metrics.streams });
  const reads = startReadThreads(store, new URL("./read-worker.ts", import.meta.url));
  const modules = await createModules(deps, installation, { reads, events, metrics, validityClock });
  await validityClock.load();
  const { identity, fleet, actions, alerting, releases, compat, retentionClock } = modules;
  const install = createInstall({
    store,
    clock,
    catalog: releases.catalog,
    tokens: identity.enrolmentTokens,
    readAddress: () => readInstallAddress(configuration, deps.port),
  });

  const routes: Route[] = [
    ...createHealthRoutes({ version, check: createDatabaseCheck({ store, log }) }),
    ...createMetricsRoutes({ metrics }),
    ...createTrustChangeRoutes({
      dataDir,
      publicUrl,
      usesSelfMadeTls: configuration.tls?.isSelfMade === true,
      clock,
    }),
    ...createApiPageRoutes(),
    ...createOpenApiRoutes({
      describe: () =>
        createOpenApiDocument({ routes, named: namedSchemas, version, basePath: basePathOf(publicUrl) }),
    }),
    ...identity.routes,
    ...fleet.routes,
    ...actions.routes,
    ...alerting.routes,
    ...releases.routes,
    ...compat.routes,
    ...install.routes,
  ];
  const listener = createListener(deps, { identity, routes, eventStreams, metrics, idempotency });
  const scheduler = createScheduler({
    jobs: [
      retentionClock.job,
      validityClock.job,
      idempotency.job,
      ...identity.jobs,
      ...fleet.jobs,
      ...actions.jobs,
      ...alerting.jobs,
      ...releases.jobs,
    ],
    lock: jobLock,
    log,
    monotonic: clock.monotonic,
    observe: metrics.observeJob,
  });
  identity.onRightsLost(() => void eventStreams.recheck());
  addServerGauges(metrics, { store, fleet, actions, eventStreams, retentionClock });
  scheduler.start();

  return {
    listener,
    routes,
    async createSetupUrl() {
      const secret = await identity.setup.createLink();
      return secret === null ? null : `${publicUrl}/setup/${secret}`;
    },
    createLocalAgentToken: prepareLocalAgentToken({ dataDir, identity }),
    startBackgroundWork: () => releases.start(),
    endStreams: () => eventStreams.close(),
    async close() {
      await Promise.all([scheduler.stop(), fleet.drain(), releases.stop(), alerting.stop()]);
      await Promise.all([events.close(), jobLock.close(), reads.close()]);
      await store.close();
      release();
    },
  };
}

async function createModules(
  { configuration, publicUrl, version, log, clock }: ServerDeps,
  { store, sealer }: Installation,
  given: { reads: ReadThreads; events: EventBus; metrics: ServerMetrics; validityClock: ValidityClock },
) {
  const { reads, events, metrics, validityClock } = given;
  const platform = { store, reads, clock, makeId: createUuidV7Factory(clock.now), log, events };
  const published = { hasTls: isHttps(publicUrl), basePath: basePathOf(publicUrl) };
  const retentionClock = createRetentionClock({
    row: createRetentionClockRow(store),
    clock,
    observedMs: () => fleet.observedMs(),
    log,
  });
  const identity = createIdentity({
    ...platform,
    clock: validityClock,
    retentionClock,
    createCustomers: createCustomerDirectory({ ...platform, dialect: store.dialect }),
    seal: sealer.seal,
    unseal: sealer.open,
    forgetBrowsers: deletePushSubscriptionsOfUser,
    replaceDefaultRules: (tx, orgId, pack) => alerting.replaceDefaultRules(tx, orgId, pack),
    ...published,
    signInRates: { ...DEFAULT_SIGN_IN_RATES, address: configuration.limits.address },
  });
  const fleet = await createFleet({
    ...platform,
    serverId: randomUUID(),
    numberingKey: sealer.deriveKey("numbering"),
    identity,
    retention: configuration.retention,
    retentionClock,
    answerParts: [
      ({ deviceId }) => waitingActionsOf(actions.waitingFor(deviceId)),
      (device) => supportChangeOf(alerting.supportChangedAt(device)),
    ],
    ingestObserver: { committed: metrics.observeIngest },
    filterActionIds: (tenant, ids) => actions.filterIds(tenant, ids),
    watch: (report) => alerting.watch(report),
    filterAlarmIds: (tenant, ids) => alerting.filterAlarmIds(tenant, ids),
    moveCustomer: (tx, orgId, from, into) => alerting.moveCustomer(tx, orgId, from, into),
    findCustomerUses,
    viewUses: {
      find: (tx, orgId, viewId) => alerting.viewUses.find(tx, orgId, viewId),
      changed: (tx, orgId) => alerting.viewUses.changed(tx, orgId),
    },
  });
  const actions = createActions({
    ...platform,
    clock: validityClock,
    audit: identity.audit,
    signatures: identity.signatures,
    findTargets: fleet.findTargets,
    resolveDevices: fleet.resolveDevices,
    retentionClock,
  });
  const alerting: Alerting = createAlerting({
    ...platform,
    version,
    identity,
    fleet,
    readFailedActions: actions.readFailed,
    findActionOutcomes: actions.findOutcomes,
    retentionClock,
    seal: sealer.seal,
    unseal: sealer.open,
    linkKey: sealer.deriveKey("acknowledge-link"),
    pushKey: sealer.deriveKey("web-push"),
    client: createGuardedClient({ allowedNetworks: configuration.webhookAllowPrivate }),
    mail: configuration.mail,
    publicUrl,
    heartbeatUrl: configuration.heartbeatUrl,
  });
  const releases = createReleases({
    ...platform,
    identity,
    dataDir: configuration.dataDir,
    root: path.join(import.meta.dirname, "../.."),
    buildsOwnAgent: configuration.buildsAgent,
  });
  const compat = createCompat({ clock, identity, fleet, actions, alerting, ...published });
  await retentionClock.load();
  await alerting.load();
  return { identity, fleet, actions, alerting, releases, compat, retentionClock };
}

function createListener(
  { configuration, port, publicUrl, log, clock }: ServerDeps,
  parts: {
    identity: Identity;
    routes: readonly Route[];
    eventStreams: EventStreams;
    metrics: ServerMetrics;
    idempotency: Idempotency;
  },
): RequestListener {
  const { identity, routes, eventStreams, metrics, idempotency } = parts;
  // Browsers would insist on HTTPS for every program on this computer that uses the same name, such as localhost.
  const asksForHttps = isHttps(publicUrl) && configuration.tls?.isSelfMade !== true;
  const basePath = basePathOf(publicUrl);
  return createRequestListener({
    routes,
    authenticate: identity.authenticate,
    authenticateDevice: identity.credentials.authenticateDevice,
    authenticateLegacyKey: identity.legacyKeys.authenticate,
    log,
    clock,
    eventStreams,
    idempotency,
    isHttps: asksForHttps,
    basePath,
    allowedHosts: createAllowedHosts([new URL(publicUrl).hostname, ...configuration.allowedHosts]),
    checksAnswers: configuration.checksAnswers,
    allowedOrigins: serverOrigins({
      publicUrl,
      port,
      isLoopback: configuration.isLoopback,
      addresses: configuration.publicUrl === null && !configuration.isLoopback ? listNetworkAddresses() : [],
    }),
    trustedProxies: createTrustedProxies(configuration.trustedProxies),
    limits: createRequestLimits(configuration.limits, clock),
    fallback: createStaticFiles(path.join(import.meta.dirname, "../dashboard/dist"), {
      isHttps: asksForHttps,
      basePath,
    }),
    observe: metrics.observeRequest,
  });
}

function waitingActionsOf(count: number) {
  return count > 0 ? { waitingActions: count } : {};
}

function supportChangeOf(supportChangedAt: number | null) {
  return supportChangedAt === null ? {} : { supportChangedAt };
}

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}
