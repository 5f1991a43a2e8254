import { execFile } from "node:child_process";
import { mkdtemp, open, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const CHUNK = Buffer.alloc(65_536, 1);

/** A file system of its own, small enough to fill. */
export type TinyDisk = {
  path: string;
  /** Takes every byte that is left. */
  fill(): Promise<void>;
  /** Gives them back. */
  free(): Promise<void>;
  remove(): Promise<void>;
};

export type MadeDisk = { kind: "made"; disk: TinyDisk } | { kind: "missing"; reason: string };

/** Mounts a file system of `sizeBytes` in memory; only root on Linux can. */
export async function makeTinyDisk(sizeBytes: number): Promise<MadeDisk> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    return { kind: "missing", reason: "only root on Linux mounts a small file system" };
  }
  const folder = await mkdtemp(path.join(tmpdir(), "muster-disk-"));
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${sizeBytes},mode=0700`, "tmpfs", folder]);
  } catch (error) {
    await rmdir(folder);
    return { kind: "missing", reason: `a small file system cannot be mounted: ${String(error)}` };
  }
  const filler = path.join(folder, "filler");
  return {
    kind: "made",
    disk: {
      path: folder,
      fill: () => writeUntilFull(filler),
      free: () => rm(filler, { force: true }),
      async remove() {
        await run("umount", ["--lazy", folder]);
        await rmdir(folder);
      },
    },
  };
}

/** Takes every byte that is left on a file's disk. */
export async function writeUntilFull(file: string): Promise<void> {
  const handle = await open(file, "a");
  try {
    for (;;) await handle.write(CHUNK);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    await handle.close();
  }
}
