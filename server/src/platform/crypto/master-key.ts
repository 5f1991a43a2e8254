import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../make-folder.ts";
import type { Logger } from "../logging/logger.ts";
import { StartError, systemErrorCode } from "../start-error.ts";

const KEY_BYTES = 32;
const CHECK_NAME = "master-key-check";

/** Storage of the check value. `storeIfAbsent` stores it if there is none yet, and returns the stored one. */
export type MasterKeyCheckStore = {
  read(name: string): Promise<string | null>;
  storeIfAbsent(name: string, value: string): Promise<string>;
};

type MasterKeySource = {
  /** Text of the key; null when it is in a file. */
  masterKey: string | null;
  /** Configured file of the key; null for the one in the data folder. */
  masterKeyFile: string | null;
  dataDir: string;
  /** True when a key may be created for a new database: on SQLite. */
  mayCreate: boolean;
};

/**
 * Reads the master key and compares it with the database's check value. Creates a new key only for a database without a check value,
 * and only with `mayCreate`. Throws StartError when the key is missing, malformed or not the one of this database.
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
      `The master key is missing: restore ${file}, or set MUSTER_MASTER_KEY. A new key could not read this database.`,
    );
  }
  const key = text === null ? createKeyFile(file, log) : decodeKey(text, where);
  const check = checkValue(key);
  if (!isSame(stored ?? (await checks.storeIfAbsent(CHECK_NAME, check)), check)) {
    throw new StartError(
      `The master key in ${where} is not the key of this database: provide the right one.`,
    );
  }
  return key;
}

/** Identifies a master key without revealing it. */
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
    throw new StartError(`The master key ${file} cannot be read: give this user read access.`, {
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
  log.info({ file }, "Created the master key. Keep a copy of it apart from the backups of the database");
  return key;
}

function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
