import { copyFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { agentFileName } from "@muster/shared/artefacts/agent-file-name.ts";
import {
  AGENT_SYSTEMS,
  type AgentOffer,
  type AgentSystem,
  type ArtefactList,
} from "@muster/shared/contracts/artefact.ts";
import { MusterError } from "../../platform/errors.ts";
import { toInstant } from "../../platform/instant.ts";
import { systemErrorCode } from "../../platform/start-error.ts";
import type { ArtefactOffers } from "./artefact-catalog.service.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import type { ArtefactFolder } from "./artefact-folder.ts";
import type { Builds } from "./builds.service.ts";
import { isProgramFor } from "./program-format.ts";
import type { createTrayInstallers } from "./tray-installers.ts";

/** What the page and the command line show and do. */
export type Artefacts = {
  list(): Promise<ArtefactList>;
  describe(system: AgentSystem): Promise<AgentOffer>;
  /** Copies a file into the folder of placed agents, and offers it. Throws `bad-request` for a file of another kind. */
  place(system: AgentSystem, version: string, file: string): Promise<AgentOffer>;
};

type Deps = {
  files: ArtefactFiles;
  offers: ArtefactOffers;
  builds: Builds;
  placed: ArtefactFolder;
  trayInstallers: ReturnType<typeof createTrayInstallers>;
};

export function createArtefacts({ files, offers, builds, placed, trayInstallers }: Deps): Artefacts {
  async function describe(system: AgentSystem): Promise<AgentOffer> {
    const found = await offers.find(system);
    const isBuilding = builds.running(system) !== null;
    const canBuild = builds.canBuild();
    if (!found) {
      const problem = isBuilding ? null : offers.reasonFor(system);
      return { system, artefact: null, isBuilding, canBuild, problem };
    }
    const { version, size_bytes, sha256, origin, created_at } = found.row;
    const artefact = {
      fileName: agentFileName({ version, system }),
      version,
      sizeBytes: size_bytes,
      sha256,
      origin,
      createdAt: toInstant(created_at),
    };
    const failed = builds.problemOf(system);
    // The command line may have built or added it since.
    const isCurrent = failed?.at && failed.at >= artefact.createdAt;
    return { system, artefact, isBuilding, canBuild, problem: isCurrent && !isBuilding ? failed : null };
  }

  return {
    describe,
    async list() {
      const [agents, installers, rejectedFiles] = await Promise.all([
        Promise.all(AGENT_SYSTEMS.map(describe)),
        trayInstallers.list(),
        placed.rejected(),
      ]);
      return { agents, trayInstallers: installers, rejectedFiles };
    },
    async place(system, version, file) {
      await requireProgram(system, file);
      files.ensureFolders();
      const name = agentFileName({ version, system });
      const unfinished = path.join(files.placedFolder, `.${name}.new`);
      try {
        await copyFile(file, unfinished);
        await rename(unfinished, path.join(files.placedFolder, name));
      } finally {
        await rm(unfinished, { force: true });
      }
      await placed.scan(true);
      return describe(system);
    },
  };
}

async function requireProgram(system: AgentSystem, file: string): Promise<void> {
  try {
    if (await isProgramFor(system, file)) return;
  } catch (error) {
    const code = systemErrorCode(error) ?? "unknown error";
    throw new MusterError("not-found", `The file ${file} cannot be read (${code}).`, { cause: error });
  }
  throw new MusterError("bad-request", `The file ${file} is not an agent for ${system}.`);
}
