import { execFile, spawnSync } from "node:child_process";
import { chmod, cp, link, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** Node and the sources of this clone, where a certain account can read them. */
export type ReadableClone = {
  node: string;
  /** The path of a source file of this clone there. */
  pathOf(source: string): string;
  /** The path of a folder that was built in this clone, there. */
  bring(folder: string): Promise<string>;
  remove(): Promise<void>;
};

const ROOT = path.join(import.meta.dirname, "../..");
/** What programs of other accounts import. */
const SOURCES = [
  "package.json",
  "shared/package.json",
  "shared/src",
  "desktop-agent/package.json",
  "desktop-agent/src",
  "tests/harness",
  "node_modules/@muster",
  "node_modules/zod",
];

/** The clone itself if the account can read it, else a copy: a clone may be in a folder that only its owner may enter. */
export async function readableClone({ uid }: { uid: number }): Promise<ReadableClone> {
  if (canRun(uid)) {
    return {
      node: process.execPath,
      pathOf: (source) => source,
      bring: async (built) => built,
      remove: async () => undefined,
    };
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), "muster-clone-"));
  const node = path.join(folder, "node");
  const copyOf = (place: string) => path.join(folder, path.relative(ROOT, place));
  const copy = async (place: string) => {
    await mkdir(path.dirname(copyOf(place)), { recursive: true });
    await cp(place, copyOf(place), { recursive: true, verbatimSymlinks: true });
  };
  await linkOrCopy(process.execPath, node);
  for (const source of SOURCES) await copy(path.join(ROOT, source));
  await makeReadable(folder);
  return {
    node,
    pathOf: copyOf,
    async bring(built) {
      await copy(built);
      await makeReadable(folder);
      return copyOf(built);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function canRun(uid: number): boolean {
  if (uid === process.getuid?.()) return true;
  const program = path.join(import.meta.dirname, "channel-user.ts");
  const test = ["-x", process.execPath, "-a", "-r", program];
  return spawnSync("test", test, { uid, gid: uid, cwd: "/", stdio: "ignore" }).status === 0;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => cp(from, to));
}

/** For everybody, whatever the umask is. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  await promisify(execFile)("chmod", ["-R", "a+rX", folder]);
}
