import { mkdirSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Makes a folder for its owner alone, and its parents where they are missing. Throws Node's error with its `code`. Step by step,
 * because Node's own recursive way never returns below a folder that answers ENOENT to every new entry, as /proc does.
 */
export function makeFolder(folder: string): void {
  const parent = path.dirname(folder);
  if (parent !== folder && !isFolder(parent)) makeFolder(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
