import { migrations } from "../../migrations/index.ts";
import { createIdentity, type Identity } from "../identity/index.ts";
import { openInstallation } from "../open-installation.ts";
import { systemClock } from "../platform/clock.ts";
import type { Configuration } from "../platform/config/configuration.ts";
import { createUuidV7Factory } from "../platform/crypto/ids.ts";
import { databaseLocationOf, sqlitePathOf } from "../platform/database/database-url.ts";
import { type DatabaseInspection, inspectDatabase } from "../platform/database/inspect-database.ts";
import { isServerRunning } from "../platform/database/single-server-lock.ts";
import type { Store } from "../platform/database/store.ts";
import { createLocalEventBus } from "../platform/events/local-event-bus.ts";
import { createRetentionClock } from "../platform/jobs/retention-clock.ts";
import { createRetentionClockRow } from "../platform/jobs/retention-clock.system-repository.ts";
import { formatLogLine } from "../platform/logging/format-log-line.ts";
import { createLogger } from "../platform/logging/logger.ts";
import { createLocalReads } from "../platform/read-threads/local-reads.ts";
import { StartError } from "../platform/start-error.ts";
import {
  createCustomerDirectory,
  createCustomers,
  createMergeCustomers,
  type Customers,
  type MergeCustomers,
} from "../fleet/index.ts";

/** The identity module and the customers, opened for one command. */
export type OpenIdentity = {
  store: Store;
  identity: Identity;
  customers: Customers;
  mergeCustomers: MergeCustomers;
  close: () => Promise<void>;
};

/**
 * Opens the installation for one command. Creates a missing database only with `mayInitialize`, and upgrades an older schema only with
 * `mayUpgrade`. Servers notice revocations by `auth_epoch`, so hints of a command need not reach them.
 */
export async function openIdentity(
  configuration: Configuration,
  how: { mayInitialize: boolean; mayUpgrade?: boolean; err: (text: string) => void },
): Promise<OpenIdentity> {
  const { mayInitialize, mayUpgrade = false, err } = how;
  const inspection = await inspect(configuration);
  if (inspection && !mayUpgrade) assertCurrentSchema(inspection);
  if (!inspection) assertNotMovedAway(configuration);
  if (!inspection && !mayInitialize) throw noDatabaseError(configuration);
  const log = createLogger({ level: "warn", outputs: [{ write: (line) => err(formatLogLine(line)) }] });
  const { store, sealer } = await openInstallation(configuration, log);
  const clock = systemClock;
  const retentionClock = createRetentionClock({
    row: createRetentionClockRow(store),
    clock,
    observedMs: () => 0,
    log,
  });
  const makeId = createUuidV7Factory(clock.now);
  const events = createLocalEventBus(log);
  const identity = createIdentity({
    store,
    reads: createLocalReads(store),
    clock,
    makeId,
    log,
    events,
    createCustomers: createCustomerDirectory({ dialect: store.dialect, clock, makeId }),
    seal: sealer.seal,
    unseal: sealer.open,
    hasTls: false,
    retentionClock,
  });
  const { audit, customerReferences: references } = identity;
  const customersDeps = { store, clock, makeId, events, audit, references };
  const customers = createCustomers(customersDeps);
  const mergeCustomers = createMergeCustomers(customersDeps, customers);
  return { store, identity, customers, mergeCustomers, close: () => store.close() };
}

async function inspect({ databaseUrl }: Configuration): Promise<DatabaseInspection | null> {
  try {
    return await inspectDatabase(databaseUrl);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The database ${databaseLocationOf(databaseUrl)} cannot be opened: ${reason}.`, {
      cause: error,
    });
  }
}

function assertCurrentSchema({ applied }: DatabaseInspection): void {
  if (migrations.every(({ name }) => applied.includes(name))) return;
  throw new StartError(
    "The database was created by an older version of Muster. Start the server of this version once to upgrade it.",
  );
}

function assertNotMovedAway({ databaseUrl }: Configuration): void {
  const path = sqlitePathOf(databaseUrl);
  if (path === null || !isServerRunning(path)) return;
  throw new StartError(
    `There is no database at ${path}, but a server uses it: the file was moved or deleted. Stop the server and put the file back, with its -wal file.`,
  );
}

function noDatabaseError({ databaseUrl }: Configuration): StartError {
  return new StartError(
    `There is no database at ${databaseLocationOf(databaseUrl)} yet. Start the server once (npm start), or create an organization: muster org create NAME.`,
  );
}
