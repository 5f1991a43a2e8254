import { constants } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import { dirname, join, basename } from "node:path";
import type { AdministratorFile, AdministratorFilePort } from "./ports.ts";

const MAX_BYTES = 65_536;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/** Reads files of root. Only root may own and write the file and every folder above it. */
export const rootFiles: AdministratorFilePort = {
  async read(path) {
    try {
      return await readRootFile(path);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "";
      if (code === "ENOENT") return { kind: "absent" };
      return unusable(code === "ELOOP" ? "is a link" : `cannot be read (${String(code) || "unknown error"})`);
    }
  },
};

async function readRootFile(path: string): Promise<AdministratorFile> {
  const folder = await realpath(dirname(path));
  const handle = await open(join(folder, basename(path)), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return unusable("is no file");
    if (found.uid !== 0) return unusable("is not owned by root");
    if (found.mode & WRITABLE_BY_OTHERS) return unusable("can be written by others than root");
    const openFolder = await findOpenFolder(folder);
    if (openFolder !== null) return unusable(`is in ${openFolder}, where others than root can put files`);
    if (found.size > MAX_BYTES) return unusable("is too long");
    return { kind: "text", text: await handle.readFile("utf8") };
  } finally {
    await handle.close();
  }
}

/** The nearest folder in which somebody else could replace what leads to the file. In a sticky one only owners can. */
async function findOpenFolder(folder: string): Promise<string | null> {
  const { uid, mode } = await lstat(folder);
  const isShared = (mode & WRITABLE_BY_OTHERS) !== 0 && (mode & STICKY) === 0;
  if (uid !== 0 || isShared) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : findOpenFolder(parent);
}

const unusable = (reason: string): AdministratorFile => ({ kind: "unusable", reason });
