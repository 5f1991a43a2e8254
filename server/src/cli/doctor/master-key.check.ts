import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { loadMasterKey } from "../../platform/crypto/master-key.ts";
import { createLogger } from "../../platform/logging/logger.ts";
import { isOpenToOthers } from "../../platform/private-file.ts";
import { StartError } from "../../platform/start-error.ts";
import { type Check, fail, type Finding, ok, warn } from "./check.ts";

/** Checks that the master key is that of this database, and that only its owner can read its file. */
export const masterKeyCheck: Check = {
  name: "master key",
  async run({ configuration, database }) {
    if (database instanceof Error)
      return warn("cannot be checked without the database", "see the line above");
    const { masterKey, masterKeyFile, dataDir } = configuration;
    const file = masterKeyFile ?? path.join(dataDir, "master.key");
    const isCreatedLater =
      database === null && masterKey === null && masterKeyFile === null && !existsSync(file);
    if (isCreatedLater)
      return warn("there is none yet", "the first start of the server creates it with the database");
    const stored = database?.settings ?? new Map<string, string>();
    try {
      await loadMasterKey(
        { masterKey, masterKeyFile, dataDir, mayCreate: false },
        { read: async (name) => stored.get(name) ?? null, storeIfAbsent: async (_, value) => value },
        createLogger({ level: "silent", outputs: [] }),
      );
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      return fail(error.message, "the server does not start without the right key");
    }
    return masterKey === null ? checkKeyFile(file) : ok("MUSTER_MASTER_KEY fits this database");
  },
};

function checkKeyFile(file: string): Finding {
  return isOpenToOthers(statSync(file).mode)
    ? warn(`${file} fits this database, but other accounts can read it`, `chmod 600 ${file}`)
    : ok(`${file} fits this database; keep a copy separate from its backups`);
}
