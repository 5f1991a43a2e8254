import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ensurePrivateFolder } from "../../platform/private-file.ts";

/** Files that were not finished are older than this when they are removed. */
const MAX_UNFINISHED_MS = 3_600_000;

export type StoredFile = { sha256: string; sizeBytes: number };

/** Files below the data folder's `agents`, named by their content: `store/<sha256>`. A file with such a name is complete. */
export type ArtefactFiles = {
  /** Where the operator places files. */
  placedFolder: string;
  /** Where builds work; what is in it is worth nothing without the lock. */
  workFolder: string;
  /** Identifies this folder among those of all servers of one database; null when nothing was stored yet. */
  storeId(): string | null;
  /** Makes the folders. @returns the id */
  ensureFolders(): string;
  /** Copies a file into the store. */
  add(file: string): Promise<StoredFile>;
  /** The path of a stored file; null when it is missing or has another size. */
  find(file: StoredFile): Promise<string | null>;
  /** Removes every stored file but these, and what was not finished an hour ago. */
  removeAllBut(sha256s: ReadonlySet<string>, now: number): Promise<void>;
};

export function createArtefactFiles(dataDir: string): ArtefactFiles {
  const placedFolder = path.join(dataDir, "agents");
  const storeFolder = path.join(placedFolder, "store");
  const workFolder = path.join(placedFolder, "work");

  const idFile = path.join(storeFolder, "id");
  let id: string | null = null;

  function ensureFolders(): string {
    for (const folder of [placedFolder, storeFolder, workFolder]) ensurePrivateFolder(folder);
    if (!existsSync(idFile)) writeFileSync(idFile, randomUUID(), { mode: 0o600 });
    id = readFileSync(idFile, "utf8");
    return id;
  }

  async function find({ sha256, sizeBytes }: StoredFile): Promise<string | null> {
    const file = path.join(storeFolder, sha256);
    const found = await stat(file).catch(() => null);
    return found?.isFile() && found.size === sizeBytes ? file : null;
  }

  return {
    placedFolder,
    workFolder,
    storeId() {
      if (id === null && existsSync(idFile)) id = readFileSync(idFile, "utf8");
      return id;
    },
    ensureFolders,
    async add(file) {
      ensureFolders();
      const unfinished = path.join(storeFolder, `unfinished-${randomUUID()}`);
      try {
        const stored = await copyAndHash(file, unfinished);
        await rename(unfinished, path.join(storeFolder, stored.sha256)).catch(async (error: unknown) => {
          // Windows replaces no file that is being downloaded. It has the same content.
          if ((await find(stored)) === null) throw error;
        });
        return stored;
      } finally {
        await rm(unfinished, { force: true });
      }
    },
    find,
    async removeAllBut(sha256s, now) {
      if (!existsSync(storeFolder)) return;
      for (const name of await readdir(storeFolder)) {
        if (name === path.basename(idFile) || sha256s.has(name)) continue;
        const file = path.join(storeFolder, name);
        const { mtimeMs } = await stat(file);
        if (now - mtimeMs >= MAX_UNFINISHED_MS) await rm(file, { force: true });
      }
    },
  };
}

/** The copy is on the disk before it gets its name. */
async function copyAndHash(source: string, target: string): Promise<StoredFile> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(
    createReadStream(source),
    measure,
    createWriteStream(target, { flags: "wx", mode: 0o600, flush: true }),
  );
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** The hash and size of a file that is not stored. */
export async function hashFile(file: string): Promise<StoredFile> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}
