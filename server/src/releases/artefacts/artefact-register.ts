import type { AgentSystem, ArtefactOrigin } from "@muster/shared/contracts/artefact.ts";
import type { Clock } from "../../platform/clock.ts";
import type { MakeId } from "../../platform/crypto/ids.ts";
import type { Store } from "../../platform/database/store.ts";
import type { ArtefactRow } from "../releases.tables.ts";
import type { ArtefactFiles } from "./artefact-files.ts";
import { BUILT, isExpired } from "./artefact-rules.ts";
import {
  deleteArtefacts,
  putArtefact,
  readArtefacts,
  setSource,
  supersede,
} from "./artefact.system-repository.ts";

type NewArtefact = { system: AgentSystem; version: string; origin: ArtefactOrigin; source: string };

/** The artefacts whose files are in this server's data folder, and what becomes of them. */
export type ArtefactRegister = {
  read(): Promise<ArtefactRow[]>;
  /** The digest of the sources of the newest agent that this server built; null without one, or when its file is missing. */
  builtSources(system: AgentSystem): Promise<string | null>;
  /** Stores what was built, and supersedes what was built before. */
  addBuilt(system: AgentSystem, built: { file: string; version: string; sources: string }): Promise<void>;
  /** Stores a file of a folder. */
  addFile(file: string, artefact: NewArtefact): Promise<void>;
  supersede(rows: readonly ArtefactRow[]): Promise<void>;
  /** Removes what was superseded long enough ago, with its files. */
  removeExpired(): Promise<void>;
};

export function createArtefactRegister({
  store,
  files,
  clock,
  makeId,
}: {
  store: Store;
  files: ArtefactFiles;
  clock: Clock;
  makeId: MakeId;
}): ArtefactRegister {
  async function read(): Promise<ArtefactRow[]> {
    const storeId = files.storeId();
    return storeId === null ? [] : readArtefacts(store.read, storeId);
  }

  /** @param isReplaced which of the artefacts that are offered the new one replaces */
  async function put(
    file: string,
    artefact: NewArtefact,
    isReplaced: (row: ArtefactRow) => boolean,
  ): Promise<void> {
    const storeId = files.ensureFolders();
    const { sha256, sizeBytes } = await files.add(file);
    const now = clock.now();
    const row: ArtefactRow = {
      id: makeId(),
      store_id: storeId,
      ...artefact,
      sha256,
      size_bytes: sizeBytes,
      created_at: now,
      superseded_at: null,
    };
    await store.transaction(async (tx) => {
      const offered = (await readArtefacts(tx, storeId)).filter((other) => other.superseded_at === null);
      const isSame = (other: ArtefactRow) =>
        other.system === row.system && other.origin === row.origin && other.sha256 === sha256;
      const same = offered.find((other) => isSame(other) && other.version === row.version);
      if (same) await setSource(tx, same.id, row.source);
      else await putArtefact(tx, row);
      const replaced = offered.filter((other) => !isSame(other) && isReplaced(other));
      await supersede(
        tx,
        replaced.map(({ id }) => id),
        now,
      );
    });
  }

  return {
    read,
    async builtSources(system) {
      const rows = await read();
      const newest = rows.find(
        (row) => row.system === system && row.superseded_at === null && row.source.startsWith(BUILT),
      );
      if (!newest) return null;
      const file = await files.find({ sha256: newest.sha256, sizeBytes: newest.size_bytes });
      return file === null ? null : newest.source.slice(BUILT.length);
    },
    addBuilt: (system, { file, version, sources }) =>
      put(
        file,
        { system, version, origin: "built-by-server", source: BUILT + sources },
        (row) => row.system === system && row.origin === "built-by-server",
      ),
    addFile: (file, artefact) => put(file, artefact, () => false),
    async supersede(rows) {
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await store.transaction((tx) => supersede(tx, ids, clock.now()));
    },
    async removeExpired() {
      const now = clock.now();
      const rows = await read();
      const expired = rows.filter((row) => isExpired(row, now));
      if (expired.length > 0) {
        const ids = expired.map(({ id }) => id);
        await store.transaction((tx) => deleteArtefacts(tx, ids));
      }
      const kept = rows.filter((row) => !expired.includes(row));
      await files.removeAllBut(new Set(kept.map(({ sha256 }) => sha256)), now);
    },
  };
}
