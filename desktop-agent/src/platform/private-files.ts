import { renameSync, watch as watchFolder, writeFileSync } from "node:fs";
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FilePort } from "./ports.ts";
import { readPart } from "./read-part.ts";

/** What differs between systems. */
export type PrivateFilesOptions = {
  /** False where a folder cannot be opened to be synced (Windows). */
  syncsFolders: boolean;
  /** Restricts a folder to its owner where file modes have no effect (Windows). */
  protectFolder?: (path: string) => Promise<void>;
};

const TEMPORARY = ".muster-tmp-";

/** Files for the agent alone: folders 0700, files 0600. */
export function createPrivateFiles({ syncsFolders, protectFolder }: PrivateFilesOptions): FilePort {
  let written = 0;

  const syncFolder = async (folder: string) => {
    if (syncsFolders) await withFile(folder, "r", (handle) => handle.sync());
  };

  return {
    async makeFolder(path) {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await chmod(path, 0o700);
      await protectFolder?.(path);
    },
    read: (path) => orWhenAbsent(readFile(path, "utf8"), null),
    readEnd: async (path, maxBytes) =>
      (await readPart(path, -maxBytes, maxBytes))?.bytes.toString("utf8") ?? null,
    readPart,
    async replace(path, text, { sync }) {
      written += 1;
      const temporary = `${path}${TEMPORARY}${process.pid}-${written}`;
      try {
        if (sync) await writeAndRename(temporary, path, text);
        else writeAndRenameNow(temporary, path, text);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      if (sync) await syncFolder(dirname(path));
    },
    async append(path, text, { sync }) {
      const isNew = sync && (await orWhenAbsent(stat(path), null)) === null;
      await write(path, "a", text, sync);
      if (isNew) await syncFolder(dirname(path));
    },
    truncate: (path, sizeBytes) => truncate(path, sizeBytes),
    rename: (from, to) => rename(from, to),
    remove: (path) => rm(path, { recursive: true, force: true }),
    async list(folder) {
      const entries = await orWhenAbsent(readdir(folder, { withFileTypes: true }), []);
      const names = entries
        .filter((entry) => entry.isFile() && !isTemporary(entry.name))
        .map(({ name }) => name);
      const files = await Promise.all(
        names.toSorted().map(async (name) => {
          const found = await orWhenAbsent(stat(join(folder, name)), null);
          return found === null ? [] : [{ name, sizeBytes: found.size }];
        }),
      );
      return files.flat();
    },
    watch(folder, changed) {
      const watcher = watchFolder(folder, { persistent: false }, (_, name) => {
        if (name !== null && !isTemporary(name)) changed(name);
      });
      // The folder was removed: there is nothing left to report.
      watcher.on("error", () => watcher.close());
      return () => watcher.close();
    },
  };
}

// A crash between writing and renaming leaves a temporary file behind.
function isTemporary(name: string): boolean {
  return name.includes(TEMPORARY);
}

async function writeAndRename(temporary: string, path: string, text: string): Promise<void> {
  await write(temporary, "w", text, true);
  await rename(temporary, path);
}

// On the main thread: each report replaces two files, and four calls in libuv's threads for each cost a third of the report.
function writeAndRenameNow(temporary: string, path: string, text: string): void {
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}

function write(path: string, flags: "w" | "a", text: string, sync: boolean): Promise<void> {
  return withFile(path, flags, async (handle) => {
    await handle.appendFile(text);
    if (sync) await handle.sync();
  });
}

async function withFile(
  path: string,
  flags: string,
  act: (handle: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<void> {
  const handle = await open(path, flags, 0o600);
  try {
    await act(handle);
  } finally {
    await handle.close();
  }
}

async function orWhenAbsent<T, U>(answer: Promise<T>, absent: U): Promise<T | U> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return absent;
    throw error;
  }
}
