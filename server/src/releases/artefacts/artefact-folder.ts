import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { parseAgentFileName } from "@muster/shared/artefacts/agent-file-name.ts";
import type { AgentSystem, ArtefactOrigin, RejectedFile } from "@muster/shared/contracts/artefact.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logging/logger.ts";
import { systemErrorCode } from "../../platform/start-error.ts";
import type { ArtefactRow } from "../releases.tables.ts";
import type { ArtefactRegister } from "./artefact-register.ts";
import { FROM_FILE } from "./artefact-rules.ts";
import { isProgramFor } from "./program-format.ts";
import { isTrayInstallerName } from "./tray-installers.ts";

/** A file that changed more recently may still be written. */
const MIN_AGE_MS = 10_000;

type FoundFile = { name: string; source: string; version: string; system: AgentSystem; changedAt: number };

/** Offers what is in a folder, as long as it is there. */
export type ArtefactFolder = {
  /** Looks for files that came, changed or went. @param isComplete true when nobody is writing there */
  scan(isComplete?: boolean): Promise<void>;
  /** The files that are not offered, without those that may still be written. */
  rejected(): Promise<RejectedFile[]>;
};

type Deps = {
  folder: string;
  origin: Extract<ArtefactOrigin, "placed-by-operator" | "built-by-server">;
  register: ArtefactRegister;
  clock: Clock;
  log: Logger;
};

export function createArtefactFolder({ folder, origin, register, clock, log }: Deps): ArtefactFolder {
  const seen = new Set<string>();
  const refused = new Set<string>();
  let scanning: Promise<void> = Promise.resolve();

  async function look(isComplete: boolean): Promise<void> {
    const found = await listFiles(folder);
    const known = await ownRows();
    const offered = new Set(known.filter((row) => row.superseded_at === null).map(({ source }) => source));
    for (const file of found) {
      if (offered.has(file.source) || refused.has(file.source)) continue;
      const isQuiet = seen.has(file.source) || clock.now() - file.changedAt >= MIN_AGE_MS;
      if (isComplete || isQuiet) await offer(file);
      else seen.add(file.source);
    }
    const sources = new Set(found.map(({ source }) => source));
    const gone = (await ownRows()).filter((row) => row.superseded_at === null && !sources.has(row.source));
    await register.supersede(gone);
  }

  async function ownRows(): Promise<ArtefactRow[]> {
    const rows = await register.read();
    return rows.filter((row) => row.origin === origin && row.source.startsWith(FROM_FILE));
  }

  async function offer({ name, system, version, source }: FoundFile): Promise<void> {
    const file = path.join(folder, name);
    seen.delete(source);
    if (!(await isProgramFor(system, file))) {
      refused.add(source);
      log.warn({ name, system }, "A file among the agents is not offered: it is no agent for its system");
      return;
    }
    await register.addFile(file, { system, version, origin, source });
    log.info({ name, system, version, origin }, "An agent is offered for download");
  }

  /** The command line asks without a scan before. */
  async function isRejected({ name, system, source, changedAt }: FoundFile): Promise<boolean> {
    if (refused.has(source)) return true;
    if (clock.now() - changedAt < MIN_AGE_MS) return false;
    return !(await isProgramFor(system, path.join(folder, name)).catch(() => true));
  }

  return {
    scan(isComplete = false) {
      scanning = scanning.catch(() => undefined).then(() => look(isComplete));
      return scanning;
    },
    async rejected() {
      const found: RejectedFile[] = [];
      for (const fileName of await listUnknown(folder)) found.push({ fileName, reason: "name" });
      for (const file of await listFiles(folder)) {
        if (await isRejected(file)) found.push({ fileName: file.name, reason: "content" });
      }
      return found;
    },
  };
}

async function listFiles(folder: string): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  for (const name of await readNames(folder)) {
    const parsed = parseAgentFileName(name);
    if (parsed === null) continue;
    const found = await stat(path.join(folder, name)).catch(() => null);
    if (!found?.isFile()) continue;
    const { size, mtimeMs } = found;
    files.push({ name, ...parsed, changedAt: mtimeMs, source: `${FROM_FILE}${name}:${size}:${mtimeMs}` });
  }
  return files;
}

/** Names of files that say nothing to the server. What begins with a dot is being written. */
async function listUnknown(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of await readNames(folder)) {
    if (name.startsWith(".") || parseAgentFileName(name) !== null || isTrayInstallerName(name)) continue;
    const found = await stat(path.join(folder, name)).catch(() => null);
    if (found?.isFile()) names.push(name);
  }
  return names;
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}
