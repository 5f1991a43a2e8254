import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { loadMasterKey } from "../../platform/crypto/master-key.ts";
import { createLogger } from "../../platform/logging/logger.ts";
import { StartError } from "../../platform/start-error.ts";
import { type Check, fail, type Finding, ok, warn } from "./check.ts";
import { isOpenToOthers } from "./data-folder.check.ts";

/** The master key is the one that this database was made with, and only its owner may read its file. */
export const masterKeyCheck: Check = {
  name: "master key",
  async run({ configuration, database }) {
    if (database instanceof Error)
      return warn("cannot be compared without the database", "see the line above");
    const { masterKey, masterKeyFile, dataDir } = configuration;
    const file = masterKeyFile ?? path.join(dataDir, "master.key");
    const isMadeLater =
      database === null && masterKey === null && masterKeyFile === null && !existsSync(file);
    if (isMadeLater) return warn("there is none yet", "the server's first start makes it with the database");
    const stored = database?.settings ?? new Map<string, string>();
    try {
      await loadMasterKey(
        { masterKey, masterKeyFile, dataDir, mayCreate: false },
        { read: async (name) => stored.get(name) ?? null, storeIfAbsent: async (_, value) => value },
        createLogger({ level: "silent", outputs: [] }),
      );
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      return fail(error.message, "without the right key the server does not start");
    }
    return masterKey === null ? checkKeyFile(file) : ok("the one in MUSTER_MASTER_KEY fits this database");
  },
};

function checkKeyFile(file: string): Finding {
  return isOpenToOthers(statSync(file).mode)
    ? warn(`${file} fits this database, but other accounts may read it`, `chmod 600 ${file}`)
    : ok(`${file} fits this database; keep a copy apart from its backups`);
}
