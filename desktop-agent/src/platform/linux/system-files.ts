import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Reads the kernel's and the system's small text files; what cannot be read is undefined or empty, never an error. */
export type SystemFiles = {
  /** For /proc and other files that the kernel makes in memory: does not wait for any device. */
  read(path: string): string | undefined;
  /** For sensors, whose drivers may wait for hardware. */
  readLater(path: string): Promise<string | undefined>;
  has(path: string): boolean;
  /** Names in a folder, sorted. */
  list(folder: string): string[];
  /** Where a link leads, without the root. */
  resolve(path: string): string | undefined;
  /** The inode number of the file. */
  inodeOf(path: string): number | undefined;
};

/** @param root folder that stands for "/". */
export function createSystemFiles(root = "/"): SystemFiles {
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch {
      // Absent or forbidden files are the normal case: not every kernel, container or account has each of them.
      return undefined;
    }
  };
  const exists = (path: string) => existsSync(join(root, path));
  return {
    // Many files are absent: to ask first costs less than an error with its stack.
    read: (path) => (exists(path) ? attempt(() => readFileSync(join(root, path), "utf8")) : undefined),
    readLater: (path) => readFile(join(root, path), "utf8").catch(() => undefined),
    has: exists,
    list: (folder) => attempt(() => readdirSync(join(root, folder)).toSorted()) ?? [],
    inodeOf: (path) => attempt(() => statSync(join(root, path)).ino),
    resolve: (path) => {
      const target = attempt(() => realpathSync(join(root, path)));
      return root === "/" ? target : target?.slice(root.length);
    },
  };
}
