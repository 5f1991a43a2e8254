import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../make-folder.ts";
import type { Logger } from "../logging/logger.ts";
import { StartError, systemErrorCode } from "../start-error.ts";

const KEY_BYTES = 32;
const CHECK_NAME = "master-key-check";

/** Where the check value is kept: `keep` stores it if there is none yet, and returns what is stored then. */
export type MasterKeyCheckStore = {
  read(name: string): Promise<string | null>;
  storeIfAbsent(name: string, value: string): Promise<string>;
};

type MasterKeySource = {
  /** Text of the key; null when it is in a file. */
  masterKey: string | null;
  /** File that was named for it; null for the one in the data folder. */
  masterKeyFile: string | null;
  dataDir: string;
  /** True where a key of its own may be made for a new database: on SQLite. */
  mayCreate: boolean;
};

/**
 * Reads the master key and compares it with the database's check value. Only for a database without one, and only where
 * `mayCreate`, a new key is made. Throws StartError when the key is absent, malformed or another one.
 */
export async function loadMasterKey(
  sources: MasterKeySource,
  checks: MasterKeyCheckStore,
  log: Logger,
): Promise<Buffer> {
  const { masterKey, masterKeyFile, dataDir, mayCreate } = sources;
  const file = masterKeyFile ?? path.join(dataDir, "master.key");
  const where = masterKey === null ? file : "MUSTER_MASTER_KEY";
  const text = masterKey ?? readKeyFile(file);
  const stored = await checks.read(CHECK_NAME);
  if (text === null && (stored !== null || masterKeyFile !== null || !mayCreate)) {
    throw new StartError(
      `The master key is missing: put ${file} back, or set MUSTER_MASTER_KEY. A new one could not read this database.`,
    );
  }
  const key = text === null ? createKeyFile(file, log) : decodeKey(text, where);
  const check = checkValue(key);
  if (!isSame(stored ?? (await checks.storeIfAbsent(CHECK_NAME, check)), check)) {
    throw new StartError(
      `The master key in ${where} is not the one that this database was made with: put the right one there.`,
    );
  }
  return key;
}

/** What tells one master key from another without giving it away. */
function checkValue(key: Buffer): string {
  return createHmac("sha256", key).update("muster master key check").digest("hex");
}

function decodeKey(text: string, where: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? "hex" : "base64");
  if (key.length !== KEY_BYTES || !/^[\w+/=-]+$/.test(trimmed)) {
    throw new StartError(`The master key in ${where} must be 32 bytes in base64 or hexadecimal.`);
  }
  return key;
}

function readKeyFile(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw new StartError(`The master key ${file} cannot be read: give this user the right to.`, {
      cause: error,
    });
  }
}

function createKeyFile(file: string, log: Logger): Buffer {
  const key = randomBytes(KEY_BYTES);
  makeFolder(path.dirname(file));
  // "wx" never overwrites; synced because the database is sealed under it from now on.
  const descriptor = openSync(file, "wx", 0o600);
  writeSync(descriptor, `${key.toString("base64")}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  log.info({ file }, "Made the master key: keep a copy of it apart from the backups of the database");
  return key;
}

function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
