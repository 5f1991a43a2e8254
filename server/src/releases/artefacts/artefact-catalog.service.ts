import type { AgentSystem, ArtefactProblem } from "@muster/shared/contracts/artefact.ts";
import type { ArtefactRow } from "../releases.tables.ts";
import type { ArtefactCatalog, ReadyArtefact } from "./artefact-catalog.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import type { ArtefactRegister } from "./artefact-register.ts";
import { offersFor } from "./artefact-rules.ts";
import type { Builds } from "./builds.service.ts";

/** What this server offers, with what the pages show beside it. */
export type ArtefactOffers = ArtefactCatalog & {
  /** The row of what is offered, with its file. */
  find(system: AgentSystem): Promise<{ row: ArtefactRow; ready: ReadyArtefact } | null>;
  /** Why there is no agent for a system. */
  reasonFor(system: AgentSystem): ArtefactProblem;
};

export function createArtefactOffers({
  files,
  register,
  builds,
}: {
  files: ArtefactFiles;
  register: ArtefactRegister;
  builds: Builds;
}): ArtefactOffers {
  async function toReady(row: ArtefactRow): Promise<ReadyArtefact | null> {
    const { system, version, sha256, origin, size_bytes: sizeBytes } = row;
    const file = await files.find({ sha256, sizeBytes });
    return file === null ? null : { kind: "ready", system, version, sizeBytes, sha256, origin, file };
  }

  async function firstWithFile(rows: readonly ArtefactRow[]) {
    for (const row of rows) {
      const ready = await toReady(row);
      if (ready) return { row, ready };
    }
    return null;
  }

  const offers: ArtefactOffers = {
    find: async (system) => firstWithFile(offersFor(await register.read(), system)),
    reasonFor: (system) => builds.problemOf(system) ?? notBuilt(system, builds.canBuild()),
    async current(system) {
      const found = await offers.find(system);
      if (found) return found.ready;
      if (builds.running(system)) return { kind: "building", system };
      return { kind: "none", system, reason: offers.reasonFor(system).message };
    },
    async whenReady(system, signal) {
      const state = await offers.current(system);
      const build = builds.running(system);
      if (state.kind !== "building" || build === null) return state;
      await Promise.race([build, untilAborted(signal)]);
      return offers.current(system);
    },
    async bySha256(system, sha256) {
      const rows = await register.read();
      return (
        (await firstWithFile(rows.filter((row) => row.system === system && row.sha256 === sha256)))?.ready ??
        null
      );
    },
  };
  return offers;
}

function notBuilt(system: AgentSystem, canBuild: boolean): ArtefactProblem {
  const message = canBuild
    ? `There is no agent for ${system} yet. Build it under Settings, Downloads, or with: muster artefacts build --system ${system}`
    : `There is no agent for ${system}, and this server cannot build one. Add its file with: muster artefacts add --system ${system} --version VERSION FILE`;
  return { code: canBuild ? "not-built" : "not-possible-here", message, at: null };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
