import type { Stats } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";

const WRITABLE_BY_GROUP = 0o020;
const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * Why an agent of this user must not use the home folder, null where it may: whoever owns it, or may write to a folder that leads to
 * it, could put another configuration, identity or log there. Looks at the path as it is written and as its links lead.
 * @param uid the agent's own; 0 trusts root alone, others trust root and themselves.
 */
export async function homeProblem(path: string, uid: number): Promise<string | null> {
  const existing = await nearestExisting(resolve(path));
  for (const start of new Set([existing, await realpath(existing)])) {
    for (let folder = start; ; folder = dirname(folder)) {
      const problem = problemOf(folder, await lstat(folder), uid);
      if (problem !== null) return problem;
      if (dirname(folder) === folder) break;
    }
  }
  return null;
}

function problemOf(folder: string, found: Stats, uid: number): string | null {
  if (found.uid !== 0 && found.uid !== uid) return `${folder} belongs to another user (uid ${found.uid})`;
  // Everybody may "write" to a link; its owner decides where it leads.
  if (found.isSymbolicLink()) return null;
  // A group of one's own is the rule for ordinary users, and root's group is root.
  const isOpenToGroup = uid === 0 && found.gid !== 0 && (found.mode & WRITABLE_BY_GROUP) !== 0;
  const isOpen = isOpenToGroup || (found.mode & WRITABLE_BY_ALL) !== 0;
  if (isOpen && (found.mode & STICKY) === 0) return `other users may write to ${folder}`;
  return null;
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await lstat(path);
    return path;
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAbsent || dirname(path) === path) throw error;
    return nearestExisting(dirname(path));
  }
}
