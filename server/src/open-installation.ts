import { migrations } from "../migrations/index.ts";
import type { Configuration } from "./platform/config/configuration.ts";
import { loadMasterKey } from "./platform/crypto/master-key.ts";
import { createSealer, type Sealer } from "./platform/crypto/sealer.ts";
import { placeOfDatabase } from "./platform/database/database-place.ts";
import { openStore } from "./platform/database/open-store.ts";
import type { Store } from "./platform/database/store.ts";
import type { Logger } from "./platform/logging/logger.ts";
import { createServerSettings } from "./platform/settings/server-settings.system-repository.ts";
import { makeFolder } from "./platform/make-folder.ts";
import { StartError } from "./platform/start-error.ts";

/** What a program of this server works on: its database, and what opens the secrets in it. */
export type Installation = { store: Store; sealer: Sealer };

/**
 * Opens the database and checks the master key against it; on a first start makes data folder, database and, on SQLite, the
 * master key. The server and the command line both come through here. Throws StartError with one line for the operator.
 */
export async function openInstallation(configuration: Configuration, log: Logger): Promise<Installation> {
  const { dataDir, databaseUrl, masterKey, masterKeyFile } = configuration;
  makeDataFolder(dataDir);
  const store = await open(databaseUrl, log);
  try {
    const mayMake = store.dialect === "sqlite";
    const sources = { masterKey, masterKeyFile, dataDir, mayMake };
    const key = await loadMasterKey(sources, createServerSettings(store), log);
    return { store, sealer: createSealer(key) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function makeDataFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (error) {
    throw new StartError(`The data folder ${dataDir} cannot be made: ${reasonOf(error)}.`, { cause: error });
  }
}

async function open(url: string, log: Logger): Promise<Store> {
  try {
    return await openStore({ url, log, migrations });
  } catch (error) {
    throw new StartError(`The database ${placeOfDatabase(url)} cannot be opened: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
