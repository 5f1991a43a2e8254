import { migrations } from "../migrations/index.ts";
import type { Configuration } from "./platform/config/configuration.ts";
import { loadMasterKey } from "./platform/crypto/master-key.ts";
import { createSealer, type Sealer } from "./platform/crypto/sealer.ts";
import { databaseLocationOf } from "./platform/database/database-url.ts";
import { openStore } from "./platform/database/open-store.ts";
import type { Store } from "./platform/database/store.ts";
import type { Logger } from "./platform/logging/logger.ts";
import { createServerSettings } from "./platform/server-settings/server-settings.system-repository.ts";
import { ensurePrivateFolder } from "./platform/private-file.ts";
import { StartError } from "./platform/start-error.ts";

/** The open database, and the sealer for the secrets in it. */
export type Installation = { store: Store; sealer: Sealer };

/**
 * Opens the database and checks the master key against it. A first start creates the data folder, the database and, on SQLite,
 * the master key. Used by the server and the command line. Throws StartError with one line for the operator.
 */
export async function openInstallation(configuration: Configuration, log: Logger): Promise<Installation> {
  const { dataDir, databaseUrl, masterKey, masterKeyFile } = configuration;
  createDataFolder(dataDir);
  const store = await open(databaseUrl, log);
  try {
    const mayCreate = store.dialect === "sqlite";
    const sources = { masterKey, masterKeyFile, dataDir, mayCreate };
    const key = await loadMasterKey(sources, createServerSettings(store), log);
    return { store, sealer: createSealer(key) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function createDataFolder(dataDir: string): void {
  try {
    ensurePrivateFolder(dataDir);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The data folder ${dataDir} cannot be created: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

async function open(url: string, log: Logger): Promise<Store> {
  try {
    return await openStore({ url, log, migrations });
  } catch (error) {
    throw new StartError(`The database ${databaseLocationOf(url)} cannot be opened: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
