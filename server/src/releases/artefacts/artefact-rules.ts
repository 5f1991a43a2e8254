import { type AgentSystem, ARTEFACT_ORIGINS } from "@muster/shared/contracts/artefact.ts";
import type { ArtefactRow } from "../releases.tables.ts";

/** How long an artefact stays after it was superseded: as long as an install line that names it may live. */
const SUPERSEDED_MS = 24 * 3_600_000;

/** How `source` begins: for what was built here, and for what was found in a folder. */
export const BUILT = "build:";
export const FROM_FILE = "file:";

/** What may be offered for a system, the best first: by origin, and of one origin the newest. */
export function offersFor(rows: readonly ArtefactRow[], system: AgentSystem): ArtefactRow[] {
  return rows
    .filter((row) => row.system === system && row.superseded_at === null)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || b.created_at - a.created_at || (a.id < b.id ? 1 : -1));
}

/** What is removed: nothing downloads it any more. */
export function isExpired({ superseded_at }: ArtefactRow, now: number): boolean {
  return superseded_at !== null && now - superseded_at >= SUPERSEDED_MS;
}

function rankOf({ origin }: ArtefactRow): number {
  return ARTEFACT_ORIGINS.indexOf(origin);
}

/**
 * The systems whose agents a server builds after its start: its own, and those that it built before. Not those that its package has ready.
 */
export function systemsToBuild(rows: readonly ArtefactRow[], own: AgentSystem | undefined): AgentSystem[] {
  const made = rows.filter((row) => row.origin === "built-by-server" && row.superseded_at === null);
  const ready = new Set(
    made.filter(({ source }) => source.startsWith(FROM_FILE)).map(({ system }) => system),
  );
  const built = made.filter(({ source }) => source.startsWith(BUILT)).map(({ system }) => system);
  const systems = new Set([...(own === undefined ? [] : [own]), ...built]);
  return [...systems].filter((system) => !ready.has(system));
}
