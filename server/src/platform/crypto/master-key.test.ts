import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MasterKeyCheckStore, loadMasterKey } from "./master-key.ts";

const log = pino({ level: "silent" });
const KEY = Buffer.alloc(32, 1);

let dataDir: string;
let checks: MasterKeyCheckStore;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "muster-key-"));
  const kept = new Map<string, string>();
  checks = {
    read: async (name) => kept.get(name) ?? null,
    storeIfAbsent: async (name, value) => kept.get(name) ?? (kept.set(name, value), value),
  };
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const file = () => path.join(dataDir, "master.key");
const load = (more: Partial<Parameters<typeof loadMasterKey>[0]> = {}) =>
  loadMasterKey({ masterKey: null, masterKeyFile: null, dataDir, mayCreate: true, ...more }, checks, log);

describe("loadMasterKey", () => {
  it("creates a key for a new database, readable by its owner only, and reads it again", async () => {
    const key = await load();
    expect(key).toHaveLength(32);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await load()).toEqual(key);
  });

  it("never creates a new key for a database that has one", async () => {
    await load();
    rmSync(file());
    await expect(load()).rejects.toThrow(/^The master key is missing: restore .*master\.key/);
    await expect(load()).rejects.toThrow(/missing/);
  });

  it("creates no key where it must be configured", async () => {
    await expect(load({ mayCreate: false })).rejects.toThrow("missing");
    await expect(load({ masterKeyFile: path.join(dataDir, "elsewhere") })).rejects.toThrow("missing");
  });

  it("refuses a key of another database", async () => {
    await load();
    writeFileSync(file(), KEY.toString("hex"));
    await expect(load()).rejects.toThrow("is not the key of this database");
  });

  it.each([
    ["hexadecimal", KEY.toString("hex")],
    ["base64", KEY.toString("base64")],
    ["base64url with a line break", `${KEY.toString("base64url")}\n`],
  ])("accepts 32 bytes in %s", async (_, masterKey) => {
    expect(await load({ masterKey })).toEqual(KEY);
  });

  it.each([
    "",
    "short",
    "x".repeat(64),
    KEY.toString("hex").slice(2),
    "not base64 at all, but of forty-three letter",
  ])("refuses %j without showing it", async (masterKey) => {
    const refusal = await load({ masterKey }).catch((error: unknown) =>
      error instanceof Error ? error.message : error,
    );
    expect(refusal).toBe("The master key in MUSTER_MASTER_KEY must be 32 bytes in base64 or hexadecimal.");
  });

  it("uses a key that a first start created before it could store the check value", async () => {
    writeFileSync(file(), KEY.toString("base64"));
    expect(await load()).toEqual(KEY);
    expect(readFileSync(file(), "utf8")).toBe(KEY.toString("base64"));
  });

  it("refuses its own key when another server was first", async () => {
    const { storeIfAbsent } = checks;
    checks.storeIfAbsent = async (name) => storeIfAbsent(name, "the other server's check value");
    await expect(load({ masterKey: KEY.toString("hex") })).rejects.toThrow("is not the key of this database");
  });
});
