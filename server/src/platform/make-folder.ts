import { mkdirSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Creates a folder that only its owner can access, and its missing parents. Throws Node's error with its `code`. Not with Node's
 * recursive option, which never returns below a folder that answers ENOENT to every new entry, such as /proc.
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
