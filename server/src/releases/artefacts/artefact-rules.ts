import { type AgentSystem, ARTEFACT_ORIGINS } from "@muster/shared/contracts/artefact.ts";
import type { ArtefactRow } from "../releases.tables.ts";

/** How long an artefact stays after it was superseded: as long as an install line that names it may live. */
export const SUPERSEDED_MS = 24 * 3_600_000;

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
