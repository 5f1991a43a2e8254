import { basename, dirname } from "node:path";
import type { FilePort } from "../ports.ts";

export type FakeFiles = FilePort & {
  /** Text by path. */
  readonly contents: ReadonlyMap<string, string>;
  /** What a power cut at this moment would leave: a write without `sync`, a rename and a removal are not on the disk yet. */
  readonly durable: ReadonlyMap<string, string>;
  /** Makes every write fail with this code (ENOSPC, EACCES, ...) until it is called with null. */
  failWrites(code: string | null): void;
  /** Puts something in the place of the file that can neither be read nor written (EISDIR, EIO, EACCES); moved or removed it is gone. */
  breakPath(path: string, code: string): void;
};

/** Files in memory, of one machine: hand the same ones to a second platform to start the agent again. */
export function createFakeFiles(): FakeFiles {
  const contents = new Map<string, string>();
  const durable = new Map<string, string>();
  const broken = new Map<string, string>();
  const watchers = new Set<{ folder: string; changed: (name: string) => void }>();
  /** Names of the files by path, as an inode number names one. */
  const names = new Map<string, string>();
  let made = 0;
  let failure: string | null = null;

  const reject = (code: string, path: string): never => {
    throw Object.assign(new Error(`${code}: ${path}`), { code });
  };
  const assertUsable = (path: string) => {
    const code = broken.get(path);
    if (code !== undefined) reject(code, path);
  };
  const change = (path: string, act: () => void) => {
    if (failure !== null) reject(failure, path);
    act();
    for (const { folder, changed } of watchers) if (folder === dirname(path)) changed(basename(path));
  };
  const set = (path: string, text: string) => {
    assertUsable(path);
    change(path, () => void contents.set(path, text));
  };
  const write = (path: string, text: string, { sync }: { sync: boolean }) => {
    set(path, text);
    if (sync) durable.set(path, text);
  };

  return {
    contents,
    durable,
    failWrites: (code) => {
      failure = code;
    },
    breakPath: (path, code) => void broken.set(path, code),
    makeFolder: async (path) => assertUsable(path),
    read: async (path) => {
      assertUsable(path);
      return contents.get(path) ?? null;
    },
    readEnd: async (path, maxBytes) => {
      const text = contents.get(path);
      return text === undefined ? null : Buffer.from(text).subarray(-maxBytes).toString();
    },
    readPart: async (path, fromByte, maxBytes) => {
      const text = contents.get(path);
      if (text === undefined) return null;
      const whole = Buffer.from(text);
      const start = fromByte < 0 ? Math.max(0, whole.length + fromByte) : Math.min(fromByte, whole.length);
      const bytes = whole.subarray(start, start + maxBytes);
      return { file: names.get(path) ?? "0", sizeBytes: whole.length, fromByte: start, bytes };
    },
    replace: async (path, text, options) => {
      made += 1;
      names.set(path, String(made));
      write(path, text, options);
    },
    append: async (path, text, options) => write(path, (contents.get(path) ?? "") + text, options),
    truncate: async (path, sizeBytes) =>
      set(
        path,
        Buffer.from(contents.get(path) ?? "")
          .subarray(0, sizeBytes)
          .toString(),
      ),
    rename: async (from, to) => {
      if (broken.delete(from)) return;
      const text = contents.get(from);
      if (text === undefined) return reject("ENOENT", from);
      set(to, text);
      names.set(to, names.get(from) ?? "0");
      made += 1;
      names.set(from, String(made));
      change(from, () => void contents.delete(from));
    },
    remove: async (path) => {
      broken.delete(path);
      const gone = [...contents.keys()].filter((name) => name === path || name.startsWith(`${path}/`));
      for (const name of gone) change(name, () => void contents.delete(name));
    },
    list: async (folder) =>
      [...contents]
        .filter(([path]) => dirname(path) === folder)
        .map(([path, text]) => ({ name: basename(path), sizeBytes: Buffer.byteLength(text) }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    watch(folder, changed) {
      const watcher = { folder, changed };
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
  };
}
