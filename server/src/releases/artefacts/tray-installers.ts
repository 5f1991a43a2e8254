import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { TrayInstaller } from "@muster/shared/contracts/artefact.ts";
import { toInstant } from "../../platform/instant.ts";
import { hashFile } from "./artefact-files.ts";

/** The names that electron-builder and the project's own packaging give, as muster-tray-0.1.0-linux-x86_64.AppImage. */
const NAME = /^muster-tray[-_][0-9A-Za-z][0-9A-Za-z._+-]{0,80}\.(?:AppImage|deb|rpm|dmg|zip|exe)$/;

export function isTrayInstallerName(fileName: string): boolean {
  return NAME.test(fileName);
}

/** The packages of the tray in some folders. Each is hashed once. */
export function createTrayInstallers(folders: readonly string[]): { list(): Promise<TrayInstaller[]> } {
  const hashes = new Map<string, Promise<string>>();

  async function describe(folder: string, fileName: string): Promise<TrayInstaller | null> {
    const file = path.join(folder, fileName);
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return null;
    const key = `${file}:${found.size}:${found.mtimeMs}`;
    const hash = hashes.get(key) ?? hashFile(file).then(({ sha256 }) => sha256);
    hashes.set(key, hash);
    hash.catch(() => hashes.delete(key));
    const modifiedAt = toInstant(Math.floor(found.mtimeMs));
    return { fileName, sizeBytes: found.size, sha256: await hash, modifiedAt };
  }

  return {
    async list() {
      const found = await Promise.all(
        folders.map(async (folder) => {
          const names = await readdir(folder).catch(() => []);
          return Promise.all(names.filter(isTrayInstallerName).map((name) => describe(folder, name)));
        }),
      );
      return found
        .flat()
        .filter((installer) => installer !== null)
        .toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1));
    },
  };
}
